"""The same operation by each candidate: this package, PyTorch in both layouts, JAX, and NumPy's im2col.

Each function returns {candidate: (callable, result as NHWC or RSCK)}; the arrays that a candidate needs are laid out
before. Where TensorFlow's SAME padding is uneven, PyTorch gets the even padding of the next size: the same number of
outputs and multiplications, at its best speed.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import torch
from cases import Convolution, Pool
from chainrule import ops
from chainrule.shapes import window_axes
from im2col import conv as im2col_conv
from im2col import conv_grad_filter as im2col_grad_filter
from im2col import conv_grad_input as im2col_grad_input

__all__ = ["convolution", "dense", "pool"]

jax.config.update("jax_enable_x64", True)
Runs = dict[str, Callable[[], Any]]
LAYOUTS = {"torch NCHW": torch.contiguous_format, "torch NHWC": torch.channels_last}


def as_torch(array: np.ndarray, order: tuple[int, ...], layout: torch.memory_format) -> torch.Tensor:
    """Images NHWC -> NCHW, or filters RSCK -> KCRS, in a memory layout."""
    return torch.from_numpy(np.array(array.transpose(order))).contiguous(memory_format=layout)


def from_torch(tensor: torch.Tensor, order: tuple[int, ...]) -> np.ndarray:
    return tensor.detach().numpy().transpose(order)


def data(case: Convolution, dtype: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, w and delta."""
    rng = np.random.default_rng(1)
    k = (case.size, case.size)
    steps, spread = (case.stride,) * 2, (case.dilation,) * 2
    rows, columns = window_axes((case.H, case.W), k, steps, case.padding, spread)
    x = rng.standard_normal((case.M, case.H, case.W, case.C)).astype(dtype)
    w = rng.standard_normal((*k, case.C, case.K)).astype(dtype)
    return x, w, rng.standard_normal((case.M, rows.output, columns.output, case.K)).astype(dtype)


def torch_padding(case: Convolution | Pool, dilation: int = 1) -> int:
    axis = window_axes((case.H, case.W), (case.size,) * 2, (case.stride,) * 2, case.padding, (dilation,) * 2)[0]
    return axis.after


def convolution(case: Convolution, dtype: str, kind: str) -> dict[str, Runs]:
    """kind: "forward", "input" or "filter". {"run": candidates, "result": callables that give NHWC or RSCK}."""
    x, w, delta = data(case, dtype)
    arguments: dict[str, Any] = {"strides": case.stride, "padding": case.padding, "dilations": case.dilation}
    ours = {
        "forward": lambda: ops.conv2d(x, w, **arguments),
        "input": lambda: ops.conv2d_grad_input(delta, w, x.shape, **arguments),
        "filter": lambda: ops.conv2d_grad_filter(x, delta, w.shape, **arguments),
    }[kind]
    run: Runs = {"chainrule": ours}
    result: Runs = {"chainrule": ours}
    for name, layout in LAYOUTS.items():
        run[name] = _torch_convolution(case, kind, x, w, delta, layout)
        back = (2, 3, 1, 0) if kind == "filter" else (0, 2, 3, 1)
        result[name] = lambda run=run[name], back=back: from_torch(run(), back)
    run["jax"] = result["jax"] = _jax_convolution(case, kind, x, w, delta)
    numpy_axes = window_axes((case.H, case.W), (case.size,) * 2, (case.stride,) * 2, case.padding, (case.dilation,) * 2)
    run["numpy"] = result["numpy"] = {
        "forward": lambda: im2col_conv(x, w, *numpy_axes),
        "input": lambda: im2col_grad_input(delta, w, *numpy_axes),
        "filter": lambda: im2col_grad_filter(x, delta, *numpy_axes),
    }[kind]
    return {"run": run, "result": result}


def _torch_convolution(
    case: Convolution, kind: str, x: np.ndarray, w: np.ndarray, delta: np.ndarray, layout: torch.memory_format
) -> Callable[[], torch.Tensor]:
    tx, td = (as_torch(a, (0, 3, 1, 2), layout) for a in (x, delta))
    tw = as_torch(w, (3, 2, 0, 1), layout)
    pad, stride, spread = [torch_padding(case, case.dilation)] * 2, [case.stride] * 2, [case.dilation] * 2
    if kind == "forward":
        return lambda: torch.conv2d(tx, tw, None, stride, pad, spread)
    wanted = [kind == "input", kind == "filter", False]
    backward = torch.ops.aten.convolution_backward
    position = 0 if kind == "input" else 1
    return lambda: backward(td, tx, tw, None, stride, pad, spread, False, [0, 0], 1, wanted)[position]


def _jax_convolution(
    case: Convolution, kind: str, x: np.ndarray, w: np.ndarray, delta: np.ndarray
) -> Callable[[], Any]:
    jx, jw, jd = (jnp.asarray(a) for a in (x, w, delta))

    def forward(x: Any, w: Any) -> Any:
        return jax.lax.conv_general_dilated(
            x, w, (case.stride,) * 2, case.padding, rhs_dilation=(case.dilation,) * 2,
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )  # fmt: skip

    if kind == "forward":
        compiled = jax.jit(forward)
        return lambda: compiled(jx, jw).block_until_ready()
    if kind == "input":
        by_input = jax.jit(lambda w, d: jax.vjp(lambda x: forward(x, w), jx)[1](d)[0])
        return lambda: by_input(jw, jd).block_until_ready()
    by_filter = jax.jit(lambda x, d: jax.vjp(lambda w: forward(x, w), jw)[1](d)[0])
    return lambda: by_filter(jx, jd).block_until_ready()


def pool(case: Pool, kind: str) -> dict[str, Runs]:
    """Max pooling; kind: "forward" or "backward"."""
    rng = np.random.default_rng(2)
    x = rng.permutation(case.M * case.H * case.W * case.C).reshape(case.M, case.H, case.W, case.C).astype("float32")
    out, winner = ops.max_pool2d_with_winner(x, case.size, case.stride, case.padding)
    delta = rng.standard_normal(out.shape).astype("float32")
    windows = (case.size, case.stride, case.padding)
    run: Runs = {
        "forward": {"chainrule": lambda: ops.max_pool2d_with_winner(x, *windows)[0]},
        "backward": {"chainrule": lambda: ops.max_pool2d_grad(delta, winner, x.shape, *windows)},
    }[kind]
    even = (case.size, case.stride, ((torch_padding(case),) * 2,) * 2)  # as PyTorch pads, to compare the results
    even_winner = ops.max_pool2d_with_winner(x, *even)[1]
    result: Runs = {
        "forward": {"chainrule": lambda: ops.max_pool2d(x, *even)},
        "backward": {"chainrule": lambda: ops.max_pool2d_grad(delta, even_winner, x.shape, *even)},
    }[kind]
    k, stride, pad = [case.size] * 2, [case.stride] * 2, [torch_padding(case)] * 2
    for name, layout in LAYOUTS.items():
        tx, td = as_torch(x, (0, 3, 1, 2), layout), as_torch(delta, (0, 3, 1, 2), layout)
        _, index = torch.ops.aten.max_pool2d_with_indices(tx, k, stride, pad)
        backward = torch.ops.aten.max_pool2d_with_indices_backward
        run[name] = {
            "forward": lambda tx=tx: torch.ops.aten.max_pool2d_with_indices(tx, k, stride, pad)[0],
            "backward": lambda tx=tx, td=td, index=index, f=backward: f(td, tx, k, stride, pad, [1, 1], False, index),
        }[kind]
        result[name] = lambda run=run[name]: from_torch(run(), (0, 2, 3, 1))
    return {"run": run, "result": result}


def dense(M: int, D: int, K: int, kind: str) -> dict[str, Runs]:
    """Matrix products; kind: "forward", "input" or "weight"."""
    rng = np.random.default_rng(3)
    x, w, delta = (rng.standard_normal(s).astype("float32") for s in ((M, D), (D, K), (M, K)))
    tx, tw, td = (torch.from_numpy(a) for a in (x, w, delta))
    run: Runs = {
        "forward": {"chainrule": lambda: ops.dense(x, w), "torch": lambda: tx @ tw},
        "input": {"chainrule": lambda: ops.dense_grad_input(delta, w), "torch": lambda: td @ tw.T},
        "weight": {"chainrule": lambda: ops.dense_grad_weight(x, delta), "torch": lambda: tx.T @ td},
    }[kind]
    return {"run": run, "result": {name: lambda f=f: np.asarray(f()) for name, f in run.items()}}
