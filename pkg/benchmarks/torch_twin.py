"""The same network in PyTorch: same layers, same initial weights, images laid out as PyTorch wants them."""

import numpy as np
import torch
from chainrule import layers, nets

__all__ = ["gradients", "images", "twin"]


class FlattenImages(torch.nn.Module):
    """Rows in this package's order: (M, C, H, W) to (M, H · W · C)."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.permute(0, 2, 3, 1).flatten(1)


def twin(net: nets.Sequential) -> torch.nn.Sequential:
    """A PyTorch network that computes what `net` computes now; its parameters are copies."""
    made: list[torch.nn.Module] = []
    for layer in net.layers.values():
        made.extend(_modules(layer))
    return torch.nn.Sequential(*made)


def _modules(layer: layers.Layer) -> list[torch.nn.Module]:
    if isinstance(layer, layers.Conv2D):
        R, S, C, K = layer.params["W"].shape
        if layer.padding not in ("SAME", "VALID"):
            raise NotImplementedError(f"padding {layer.padding}")
        module = torch.nn.Conv2d(C, K, (R, S), padding=layer.padding.lower())
        _copy(module, layer.params["W"].transpose(3, 2, 0, 1), layer.params["b"])
    elif isinstance(layer, layers.Dense):
        module = torch.nn.Linear(*layer.params["W"].shape)
        _copy(module, layer.params["W"].T, layer.params["b"])
    elif isinstance(layer, layers.MaxPool2D):
        return [torch.nn.MaxPool2d(layer.ksize, layer.strides)]
    elif isinstance(layer, layers.Flatten):
        return [FlattenImages()]
    else:
        raise NotImplementedError(repr(layer))
    return [module, torch.nn.ReLU()] if layer.activation == "relu" else [module]


def _copy(module: torch.nn.Conv2d | torch.nn.Linear, W: np.ndarray, b: np.ndarray) -> None:
    module.weight = torch.nn.Parameter(torch.from_numpy(W.copy()))
    module.bias = torch.nn.Parameter(torch.from_numpy(b.copy()))


def images(x: np.ndarray) -> torch.Tensor:
    """(M, H, W, C) to (M, C, H, W)."""
    return torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 1, 2)))


def gradients(net: nets.Sequential, model: torch.nn.Sequential) -> dict[str, np.ndarray]:
    """What PyTorch's backward left, under this package's names and in its layout."""
    modules = (module for module in model if isinstance(module, torch.nn.Conv2d | torch.nn.Linear))
    found = {}
    for name, layer in net.layers.items():
        if layer.params:
            module = next(modules)
            W = module.weight.grad.numpy()
            found[f"{name}.W"] = W.T if W.ndim == 2 else W.transpose(2, 3, 1, 0)
            found[f"{name}.b"] = module.bias.grad.numpy()
    return found
