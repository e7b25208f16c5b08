"""Points in the plane, and the probabilities that a model gives to all places around them."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from chainrule.viz.canvas import CLASSES, canvas

__all__ = ["decision_plane", "hidden_space", "logistic_plane", "points"]

Array = NDArray[np.float64]

_TWO = LinearSegmentedColormap.from_list("two", [CLASSES[0], "#ffffff", CLASSES[1]])
_GRID = 161  # points on each axis


def points(x: ArrayLike, y: ArrayLike, title: str = "") -> Figure:
    """Points of the plane, coloured by class.

    Args:
        x: (M, 2).
        y: (M,) integer labels.
        title: short, symbols or English.

    >>> len(points([[0.0, 1.0], [1.0, 0.0]], [0, 1]).axes)
    1
    """
    figure, axes = canvas()
    _scatter(axes[0, 0], np.asarray(x, np.float64), np.asarray(y))
    axes[0, 0].set(title=title, xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return figure


def decision_plane(x: ArrayLike, y: ArrayLike, probability: Callable[[Array], Array], title: str = "") -> Figure:
    """A model's probabilities everywhere in the plane, in shades, and the lines where its decision changes.

    Args:
        x: (M, 2).
        y: (M,) integer labels.
        probability: takes (N, 2), returns p(y = 1) (N,) for two classes or (N, K) for K classes.
        title: short, symbols or English.

    >>> figure = decision_plane([[0.0, 1.0], [1.0, 0.0]], [0, 1], lambda x: 1.0 * (x[:, 0] > x[:, 1]))
    >>> len(figure.axes)
    1
    """
    figure, axes = canvas(size=(4.6, 3.6))
    x, y = np.asarray(x, np.float64), np.asarray(y)
    _shade(axes[0, 0], _limits(x), probability)
    _scatter(axes[0, 0], x, y)
    axes[0, 0].set(title=title, xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return figure


def logistic_plane(x: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> Figure:
    """The logistic model on points of the plane: its line, the direction of w, and both losses in the title.

    Args:
        x: (M, 2).
        y: (M,) labels 0 and 1.
        w: (2,).
        b: bias.

    >>> logistic_plane([[0.0, 1.0], [1.0, 0.0]], [0, 1], [1.0, -1.0], 0.0).axes[0].get_title()
    'cross entropy 0.313    squared error 0.072    right 100 %'
    """
    x, y, w = np.asarray(x, np.float64), np.asarray(y), np.asarray(w, np.float64)
    z = x @ w + b
    entropy = np.mean(np.logaddexp(0, z) - y * z)
    square = np.mean((_sigma(z) - y) ** 2)
    right = np.mean((z > 0) == (y == 1))
    figure = decision_plane(x, y, lambda p: _sigma(p @ w + b))
    axis = figure.axes[0]
    axis.set_title(f"cross entropy {entropy:.3f}    squared error {square:.3f}    right {100 * right:.0f} %")
    length = float(np.hypot(*w))
    if length > 0:
        foot, unit = -b * w / length**2, w / length
        axis.quiver(*foot, *unit, angles="xy", scale_units="xy", scale=1, color="#111827", width=0.007, zorder=4)
        label = foot + 1.25 * unit
        axis.text(label[0], label[1], r"$\mathbf{w}$", ha="center", va="center", color="#111827", clip_on=True)
    return figure


def hidden_space(x: ArrayLike, h: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> Figure:
    """Points before and after the hidden layer, seen along two of its units, and the line that separates them.

    Args:
        x: (M, 2).
        h: (M, 2) two hidden units of each point.
        y: (M,) labels 0 and 1.
        w: (2,) output weights of these two units.
        b: output bias.

    >>> len(hidden_space([[0.0, 1.0]], [[0.5, 0.5]], [1], [1.0, 1.0], 0.0).axes)
    2
    """
    figure, axes = canvas(columns=2, size=(3.7, 3.5))
    x, h, w = np.asarray(x, np.float64), np.asarray(h, np.float64), np.asarray(w, np.float64)
    _scatter(axes[0, 0], x, np.asarray(y))
    axes[0, 0].set(title="input space", xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    _shade(axes[0, 1], (-1.15, 1.15, -1.15, 1.15), lambda p: _sigma(p @ w + b))
    _scatter(axes[0, 1], h, np.asarray(y))
    axes[0, 1].set(title="hidden space", xlabel="$h_1$", ylabel="$h_2$", aspect="equal")
    return figure


def _sigma(z: Array) -> Array:
    return (1 + np.tanh(z / 2)) / 2


def _scatter(axis: Axes, x: Array, y: NDArray[np.int64]) -> None:
    for k, marker in zip(np.unique(y), "os^Dv<>pX*", strict=False):
        first, second = x[y == k].T
        axis.scatter(
            first, second, s=16, marker=marker, color=CLASSES[int(k)], edgecolor="white", linewidth=0.5, zorder=3
        )


def _limits(x: Array) -> tuple[float, float, float, float]:
    low, high = x.min(axis=0), x.max(axis=0)
    margin = 0.12 * max(float((high - low).max()), 1e-9)
    return float(low[0] - margin), float(high[0] + margin), float(low[1] - margin), float(high[1] + margin)


def _shade(axis: Axes, limits: tuple[float, float, float, float], probability: Callable[[Array], Array]) -> None:
    left, right, bottom, top = limits
    first, second = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(bottom, top, _GRID))
    p = np.asarray(probability(np.stack([first.ravel(), second.ravel()], axis=1)), np.float64)
    if p.ndim == 1:
        p = p.reshape(first.shape)
        axis.imshow(p, extent=limits, origin="lower", cmap=_TWO, vmin=0, vmax=1, alpha=0.45, aspect="auto", zorder=0)
        if p.min() < 0.5 < p.max():
            axis.contour(first, second, p, levels=[0.5], colors="#111827", linewidths=1.4)
    else:
        colours = np.array([to_rgb(CLASSES[k]) for k in range(p.shape[1])])
        blend = (1 - 0.45 * (1 - p @ colours)).clip(0, 1).reshape(*first.shape, 3)
        axis.imshow(blend, extent=limits, origin="lower", aspect="auto", zorder=0)
        axis.contour(
            first,
            second,
            p.argmax(1).reshape(first.shape),
            levels=np.arange(p.shape[1]) + 0.5,
            colors="#111827",
            linewidths=1,
        )
    axis.set(xlim=(left, right), ylim=(bottom, top))
    axis.grid(visible=False)
