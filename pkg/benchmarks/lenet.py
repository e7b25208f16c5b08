"""One training step of LeNet-5 (batch 64, plain SGD) by this package, by PyTorch and by NumPy with im2col."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from chainrule.nets import lenet5
from chainrule.optim import Optimizer
from chainrule.shapes import window_axes
from im2col import conv, conv_grad_filter, conv_grad_input

__all__ = ["steps"]

M, LR = 64, 0.01
Step = Callable[[], dict[str, np.ndarray]]


def batch() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    return rng.standard_normal((M, 28, 28, 1)).astype(np.float32), rng.integers(0, 10, M)


def ours() -> Step:
    """The package as its users write it: a network, a loss, an optimiser."""
    net, optimizer = lenet5(np.random.default_rng(0)), Optimizer("sgd", lr=LR)
    x, y = batch()

    def step() -> dict[str, np.ndarray]:
        _, grads = net.loss(x, y)
        optimizer.step(net.params, grads)
        return net.params

    return step


class TorchLeNet(torch.nn.Module):
    """The same layers."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = torch.nn.Conv2d(1, 6, 5, padding=2), torch.nn.Conv2d(6, 16, 5)
        self.dense1, self.dense2 = torch.nn.Linear(400, 120), torch.nn.Linear(120, 84)
        self.dense3 = torch.nn.Linear(84, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        relu, pool = torch.relu, torch.nn.functional.max_pool2d
        x = pool(relu(self.conv1(x)), 2)
        x = pool(relu(self.conv2(x)), 2)
        x = x.permute(0, 2, 3, 1).flatten(1)  # the order of NHWC, so that the dense weights are the same
        return self.dense3(relu(self.dense2(relu(self.dense1(x)))))


def by_torch(layout: torch.memory_format) -> Step:
    """PyTorch, eager, with our weights."""
    net, params = TorchLeNet(), lenet5(np.random.default_rng(0)).params
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            layer, kind = name.split(".")
            value = params[f"{layer}.{'W' if kind == 'weight' else 'b'}"]
            order = {4: (3, 2, 0, 1), 2: (1, 0), 1: (0,)}[value.ndim]
            parameter.copy_(torch.from_numpy(value.transpose(order).copy()))
    net = net.to(memory_format=layout)
    optimizer = torch.optim.SGD(net.parameters(), lr=LR)
    x_, y_ = batch()
    x = torch.from_numpy(x_.transpose(0, 3, 1, 2).copy()).to(memory_format=layout)
    y = torch.from_numpy(y_)

    def step() -> dict[str, np.ndarray]:
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()
        return {"dense3.b": net.dense3.bias.detach().numpy(), "conv1.b": net.conv1.bias.detach().numpy()}

    return step


def _pool(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    windows = x.reshape(len(x), x.shape[1] // 2, 2, x.shape[2] // 2, 2, x.shape[3]).transpose(0, 1, 3, 2, 4, 5)
    windows = windows.reshape(*windows.shape[:3], 4, x.shape[3])
    winner = windows.argmax(axis=3)[..., None, :]
    return np.take_along_axis(windows, winner, 3)[..., 0, :], winner


def _unpool(delta: np.ndarray, winner: np.ndarray) -> np.ndarray:
    n, p, q, c = delta.shape
    windows = np.zeros((n, p, q, 4, c), delta.dtype)
    np.put_along_axis(windows, winner, delta[..., None, :], 3)
    return windows.reshape(n, p, q, 2, 2, c).transpose(0, 1, 3, 2, 4, 5).reshape(n, 2 * p, 2 * q, c)


def by_numpy() -> Step:
    """im2col and matrix products, as courses teach it."""
    w = {name: value.copy() for name, value in lenet5(np.random.default_rng(0)).params.items()}
    x, y = batch()
    first = window_axes((28, 28), (5, 5), (1, 1), "SAME")
    second = window_axes((14, 14), (5, 5), (1, 1), "VALID")

    def step() -> dict[str, np.ndarray]:
        a1 = np.maximum(conv(x, w["conv1.W"], *first) + w["conv1.b"], 0)
        p1, winner1 = _pool(a1)
        a2 = np.maximum(conv(p1, w["conv2.W"], *second) + w["conv2.b"], 0)
        p2, winner2 = _pool(a2)
        rows = [p2.reshape(M, -1)]
        for layer in ("dense1", "dense2"):
            rows.append(np.maximum(rows[-1] @ w[f"{layer}.W"] + w[f"{layer}.b"], 0))
        z = rows[-1] @ w["dense3.W"] + w["dense3.b"]
        p = np.exp(z - z.max(axis=1, keepdims=True))
        delta = p / p.sum(axis=1, keepdims=True)
        delta[np.arange(M), y] -= 1
        delta /= M
        grads: dict[str, Any] = {}
        for number in (3, 2, 1):
            grads[f"dense{number}.W"], grads[f"dense{number}.b"] = rows[number - 1].T @ delta, delta.sum(axis=0)
            delta = delta @ w[f"dense{number}.W"].T * (rows[number - 1] > 0 if number > 1 else 1)
        delta = _unpool(delta.reshape(p2.shape), winner2) * (a2 > 0)
        grads["conv2.W"], grads["conv2.b"] = conv_grad_filter(p1, delta, *second), delta.sum(axis=(0, 1, 2))
        delta = _unpool(conv_grad_input(delta, w["conv2.W"], *second), winner1) * (a1 > 0)
        grads["conv1.W"], grads["conv1.b"] = conv_grad_filter(x, delta, *first), delta.sum(axis=(0, 1, 2))
        for name, grad in grads.items():
            w[name] -= np.float32(LR) * grad
        return w

    return step


def steps() -> dict[str, Step]:
    """{candidate: a step}, all from the same weights on the same batch."""
    return {
        "chainrule": ours(),
        "torch NCHW": by_torch(torch.contiguous_format),
        "torch NHWC": by_torch(torch.channels_last),
        "numpy": by_numpy(),
    }


def check() -> None:
    """Five steps by everybody lead to the same biases."""
    results = {}
    for name, step in steps().items():
        for _ in range(5):
            params = step()
        results[name] = np.concatenate([params["dense3.b"], params["conv1.b"]])
    for name, value in results.items():
        error = np.abs(value - results["numpy"]).max() / np.abs(results["numpy"]).max()
        if not error < 1e-3:
            raise SystemExit(f"{name} learns something else: relative error {error:.1e}")
