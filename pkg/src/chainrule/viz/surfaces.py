"""The losses of the logistic model as landscapes over its two weights, with a descent on each."""

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from chainrule.viz.canvas import canvas

__all__ = ["loss_surfaces"]

Array = NDArray[np.float64]

_REACH = 12.0
_GRID = 73


def loss_surfaces(
    x: ArrayLike, y: ArrayLike, start: tuple[float, float] = (-8.0, 6.0), eta: float = 2.0, steps: int = 60
) -> Figure:
    """Squared error and cross entropy over (w₁, w₂), without bias, and gradient descent from the same start on both.

    Args:
        x: (M, 2).
        y: (M,) labels 0 and 1.
        start: where both descents begin.
        eta: learning rate.
        steps: number of steps.

    >>> len(loss_surfaces([[1.0, 0.0], [0.0, 1.0]], [0, 1], steps=3).axes)
    2
    """
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    figure, axes = canvas(columns=2, size=(3.9, 3.7))
    ticks = np.linspace(-_REACH, _REACH, _GRID)
    weights = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    z = weights @ x.T
    surfaces = {
        "squared error": (np.mean((_sigma(z) - y) ** 2, axis=-1), _square_slope),
        "cross entropy": (np.mean(np.logaddexp(0, z) - y * z, axis=-1), _entropy_slope),
    }
    for axis, (name, (height, slope)) in zip(axes[0], surfaces.items(), strict=True):
        path = _descend(np.array(start), x, y, eta, steps, slope)
        axis.contourf(ticks, ticks, height, levels=24, cmap="Blues_r")
        axis.contour(ticks, ticks, height, levels=12, colors="white", linewidths=0.4)
        axis.plot(*path.T, color="#d9731a", linewidth=1.6, marker=".", markersize=3.5)
        axis.plot(*path[0], "o", color="white", markeredgecolor="#d9731a", markersize=7)
        axis.plot(*path[-1], "*", color="#d9731a", markeredgecolor="white", markersize=13)
        axis.set(
            title=f"{name}: {_at(name, path[0], x, y):.3f} → {_at(name, path[-1], x, y):.3f}",
            xlabel="$w_1$",
            ylabel="$w_2$",
        )
        axis.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), aspect="equal")
        axis.grid(visible=False)
    return figure


def _sigma(z: Array) -> Array:
    return (1 + np.tanh(z / 2)) / 2


def _at(name: str, w: Array, x: Array, y: Array) -> float:
    z = x @ w
    return float(np.mean((_sigma(z) - y) ** 2 if name == "squared error" else np.logaddexp(0, z) - y * z))


def _square_slope(a: Array, y: Array) -> Array:
    return 2 * (a - y) * a * (1 - a)


def _entropy_slope(a: Array, y: Array) -> Array:
    return a - y


def _descend(w: Array, x: Array, y: Array, eta: float, steps: int, slope: Callable[[Array, Array], Array]) -> Array:
    path = [w]
    for _ in range(steps):
        w = w - eta * x.T @ slope(_sigma(x @ w), y) / len(y)
        path.append(w)
    return np.array(path)
