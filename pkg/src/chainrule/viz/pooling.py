"""Pooling over windows, drawn: which pixel each δ goes back to, and what pooling leaves of a shift."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import canvas

__all__ = ["ROUTES", "pool_routing", "shift_and_pool"]

Array = NDArray[np.float64]

_FRAME, _EDGE, _INK, _WRONG = "#d9731a", "#9ca3af", "#374151", "#c2185b"
_BLUES = LinearSegmentedColormap.from_list("pale blue", ["#ffffff", "#b9d3f0"])
_ORANGES = LinearSegmentedColormap.from_list("pale orange", ["#ffffff", "#f6c79b"])


def _first(window: Array) -> Array:
    return np.asarray(np.eye(window.size)[window.argmax()].reshape(window.shape))


def _every(window: Array) -> Array:
    return np.asarray(window == window.max(), np.float64)


def _shared(window: Array) -> Array:
    return np.asarray(_every(window) / _every(window).sum())


def _mean(window: Array) -> Array:
    return np.full(window.shape, 1 / window.size)


ROUTES: Mapping[str, Callable[[Array], Array]] = {"first": _first, "every": _every, "shared": _shared, "mean": _mean}
"""Which part of its δ a window gives to each pixel: the first maximum, every one, a share of it, or a mean's."""


def pool_routing(
    x: ArrayLike, size: tuple[int, int], stride: tuple[int, int], position: int = 0, route: str = "first"
) -> Figure:
    """Input, pooled output, δ and the gradient of the input, window by window as far as `position`.

    δ is 1, 2, 3, ... in the order of the windows, so that sums can be followed. A frame marks the present window.
    A title is red where the gradient has not the same sum as the δ that went into it.

    Args:
        x: (H, W).
        size: (R, S) of the window.
        stride: of the window, (vertical, horizontal).
        position: of the window, row by row; positions past the last stay there.
        route: a key of ROUTES.

    Raises:
        ShapeError: no window fits.

    >>> figure = pool_routing([[1.0, 3.0, 2.0], [0.0, 3.0, 4.0]], (2, 2), (1, 1), position=1)
    >>> [axis.get_title() for axis in figure.axes]
    ['x  2×3', 'max  1×2', 'δ,  Σ = 3', 'dx,  Σ = 3']
    """
    image = np.asarray(x, np.float64)
    windows = _windows(image, size, stride)
    P, Q = windows.shape[:2]
    last = int(np.clip(position, 0, P * Q - 1))
    out = windows.mean(axis=(2, 3)) if route == "mean" else windows.max(axis=(2, 3))
    delta = np.arange(1.0, P * Q + 1).reshape(P, Q)
    dx, done = np.zeros(image.shape), np.arange(P * Q).reshape(P, Q) <= last
    for p, q in np.argwhere(done):
        i, j = p * stride[0], q * stride[1]
        dx[i : i + size[0], j : j + size[1]] += delta[p, q] * ROUTES[route](windows[p, q])
    p, q = divmod(last, Q)
    figure, axes = canvas(4, size=(2.75, 2.95))
    _table(axes[0, 0], image, f"x  {image.shape[0]}×{image.shape[1]}", _BLUES, image.shape)
    _table(
        axes[0, 1], np.where(done, out, np.nan), f"{'mean' if route == 'mean' else 'max'}  {P}×{Q}", _BLUES, image.shape
    )
    _table(axes[0, 2], np.where(done, delta, np.nan), f"δ,  Σ = {delta[done].sum():g}", _ORANGES, image.shape)
    _table(axes[0, 3], dx, f"dx,  Σ = {dx.sum():.4g}", _ORANGES, image.shape)
    for axis in (axes[0, 0], axes[0, 3]):
        axis.add_patch(_frame(p * stride[0], q * stride[1], size))
    for axis in (axes[0, 1], axes[0, 2]):
        axis.add_patch(_frame(p, q, (1, 1)))
    if not np.isclose(dx.sum(), delta[done].sum()):
        axes[0, 3].title.set_color(_WRONG)
    return figure


def shift_and_pool(x: ArrayLike, shift: int = 1, k: int = 2) -> Figure:
    """A picture and its max and average pooling; below, the same after the picture has moved to the right.

    Titles below give how much has changed: the norm of the difference over the norm of what was.

    Args:
        x: (H, W), nothing negative.
        shift: pixels to the right; what comes in from the left is 0.
        k: rows, columns and strides of the windows.

    Raises:
        ShapeError: no window fits.

    >>> shift_and_pool(np.eye(8), shift=1, k=1).axes[3].get_title()
    'moved by 1: change 137 %'
    """
    image = np.asarray(x, np.float64)
    moved = np.zeros(image.shape)
    moved[:, shift:] = image[:, : image.shape[1] - shift]
    figure, axes = canvas(3, 2, size=(2.1, 2.1 * image.shape[0] / image.shape[1] + 0.3))
    for column, (name, pool) in enumerate({"x": None, f"max {k}×{k}": np.max, f"mean {k}×{k}": np.mean}.items()):
        before, after = (
            picture if pool is None else pool(_windows(picture, (k, k), (k, k)), axis=(2, 3))
            for picture in (image, moved)
        )
        change = np.linalg.norm(after - before) / (np.linalg.norm(before) or 1.0)
        brightest = max(float(before.max()), float(after.max()), 1e-9)
        titles = f"{name}:  {before.shape[0]}×{before.shape[1]}", f"moved by {shift}: change {100 * change:.0f} %"
        for axis, picture, title in zip(axes[:, column], (before, after), titles, strict=True):
            axis.imshow(picture, cmap="gray", vmin=0, vmax=brightest)
            axis.set_title(title, fontsize=9.5)
            axis.set_axis_off()
    return figure


def _windows(x: Array, size: tuple[int, int], stride: tuple[int, int]) -> Array:
    """(P, Q, R, S)."""
    if x.ndim != 2 or any(k > n or k < 1 for k, n in zip(size, x.shape, strict=True)) or min(stride) < 1:
        raise ShapeError(
            explain(
                "no window fits",
                got=f"windows of {size} with strides {stride} on an image {x.shape}",
                expected="(R, S) on (H, W) with R <= H and S <= W, strides of 1 at least",
                fix="use a larger image or a smaller window",
            )
        )
    return np.lib.stride_tricks.sliding_window_view(x, size)[:: stride[0], :: stride[1]]


def _table(axis: Axes, values: Array, title: str, colours: LinearSegmentedColormap, extent: tuple[int, ...]) -> None:
    """Numbers on pale colours in an area of `extent` cells, so that all tables have one scale; white: not there yet."""
    known = values[np.isfinite(values)]
    low, high = min(0.0, float(known.min())), max(float(known.max()), 1e-9)
    axis.imshow(values, cmap=colours, vmin=low, vmax=high)
    axis.add_patch(_frame(0, 0, values.shape, _EDGE, 0.8))
    for (i, j), value in np.ndenumerate(values):
        if np.isfinite(value):
            axis.text(j, i, f"{round(value, 2) + 0:g}", ha="center", va="center", fontsize=8.5, color=_INK)
    middle = [(n - 1) / 2 for n in values.shape]
    top, left = (centre - n / 2 - 0.1 for centre, n in zip(middle, extent, strict=True))
    axis.set(xlim=(left, left + extent[1] + 0.2), ylim=(top + extent[0] + 0.2, top), title=title)
    axis.set_axis_off()


def _frame(top: int, left: int, size: tuple[int, ...], colour: str = _FRAME, width: float = 2.6) -> Rectangle:
    return Rectangle((left - 0.5, top - 0.5), size[1], size[0], fill=False, edgecolor=colour, linewidth=width)
