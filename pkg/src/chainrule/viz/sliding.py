"""A kernel that slides over a small picture, and pictures beside what kernels make of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import canvas

__all__ = ["filtered", "side_by_side", "sliding_window"]

_WINDOW = "#d9731a"
_INK = "#374151"


def sliding_window(image: ArrayLike, kernel: ArrayLike, position: int = 0) -> Figure:
    """The image with the window at one position, the kernel, and the result as far as it is computed.

    Args:
        image: (H, W).
        kernel: (R, S), no larger than the image.
        position: of the window, counted along the rows of the result; positions past the last stay there.

    Raises:
        ShapeError: the window does not fit.

    >>> figure = sliding_window(np.eye(4), np.ones((2, 2)), position=4)
    >>> figure.axes[2].get_title()
    'z = x * w,  z[1, 1] = 2'
    """
    x, w = np.asarray(image, np.float64), np.asarray(kernel, np.float64)
    z = _valid(x, w)
    last = int(np.clip(position, 0, z.size - 1))
    p, q = divmod(last, z.shape[1])
    figure, axes = canvas(3, size=(3.0, 2.9))
    _numbers(axes[0, 0], x, "x", cmap="gray", reach=None)
    axes[0, 0].add_patch(_frame(p, q, w.shape))
    _numbers(axes[0, 1], w, "w", cmap="RdBu_r", reach=float(np.abs(w).max()))
    shown = np.where(np.arange(z.size).reshape(z.shape) <= last, z, np.nan)
    # "+ 0" turns a rounded -0 into 0
    _numbers(
        axes[0, 2],
        shown,
        f"z = x * w,  z[{p}, {q}] = {round(z[p, q], 2) + 0:g}",
        cmap="RdBu_r",
        reach=float(np.abs(z).max()),
    )
    axes[0, 2].add_patch(_frame(p, q, (1, 1)))
    return figure


def filtered(image: ArrayLike, kernel: ArrayLike) -> Figure:
    """A picture, a kernel, and what the kernel makes of it.

    Args:
        image: (H, W), from 0 to 1.
        kernel: (R, S), no larger than the image.

    Raises:
        ShapeError: the window does not fit.

    >>> len(filtered(np.eye(8), np.ones((3, 3)) / 9).axes)
    3
    """
    x, w = np.asarray(image, np.float64), np.asarray(kernel, np.float64)
    z = _valid(x, w)
    figure, axes = canvas(3, size=(2.9, 3.3))
    _picture(axes[0, 0], x, "x")
    _numbers(axes[0, 1], w, f"w  {w.shape[0]}×{w.shape[1]}", cmap="RdBu_r", reach=float(np.abs(w).max()))
    _picture(axes[0, 2], z, f"x * w  {z.shape[0]}×{z.shape[1]}")
    return figure


def side_by_side(pictures: Mapping[str, ArrayLike]) -> Figure:
    """Pictures in a row, each under its title.

    Args:
        pictures: (H, W), grey from 0 to 1, or with signs: then red is positive, blue negative; or (H, W, 3), colours.

    >>> len(side_by_side({"x": np.eye(8), "-x": -np.eye(8)}).axes)
    2
    """
    arrays = {title: np.asarray(picture, np.float64) for title, picture in pictures.items()}
    tallest = max(array.shape[0] / array.shape[1] for array in arrays.values())
    figure, axes = canvas(len(arrays), size=(2.5, 2.5 * tallest + 0.3))
    for axis, (title, picture) in zip(axes.flat, arrays.items(), strict=True):
        _picture(axis, picture, title)
    return figure


def _valid(x: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
    if x.ndim != 2 or w.ndim != 2 or any(k > n or k < 1 for k, n in zip(w.shape, x.shape, strict=True)):
        raise ShapeError(
            explain(
                "the window does not fit",
                got=f"kernel {w.shape} on image {x.shape}",
                expected="(R, S) on (H, W) with R <= H and S <= W",
                fix="use a larger image or a smaller kernel",
            )
        )
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.asarray(np.einsum("pqrs,rs->pq", windows, w))


def _picture(axis: Axes, picture: NDArray[np.float64], title: str) -> None:
    """Grey where nothing is negative, red and blue otherwise; the brightest as bright as it can be."""
    axis.set_axis_off()
    axis.set_title(title)
    if picture.ndim == 3:
        axis.imshow(np.clip(picture, 0, 1))
        return
    reach = float(np.abs(picture).max()) or 1.0
    if picture.min() < -1e-9:
        axis.imshow(picture, cmap="RdBu_r", vmin=-reach, vmax=reach)
    else:
        axis.imshow(picture, cmap="gray", vmin=0, vmax=max(reach, 1.0))


def _numbers(axis: Axes, values: NDArray[np.float64], title: str, cmap: str, reach: float | None) -> None:
    """A table of numbers on colours; a number that is not there yet stays white."""
    low, high = (0.0, float(np.nanmax(values)) or 1.0) if reach is None else (-(reach or 1.0), reach or 1.0)
    image = axis.imshow(values, cmap=cmap, vmin=low, vmax=high)
    axis.set_title(title)
    axis.grid(visible=False)
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set_visible(True)
    if max(values.shape) > 9:
        return
    for (i, j), value in np.ndenumerate(values):
        if np.isfinite(value):
            axis.text(j, i, _short(value), ha="center", va="center", fontsize=8.5, color=_readable(image, value))


def _readable(image: Any, value: float) -> str:
    red, green, blue, _ = image.cmap(image.norm(value))
    return "white" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.55 else _INK


def _short(value: float) -> str:
    text = f"{round(value, 2) + 0:g}"
    return text.replace("-0.", "-.").removeprefix("0") if "." in text else text


def _frame(p: int, q: int, size: tuple[int, ...]) -> Rectangle:
    return Rectangle((q - 0.5, p - 0.5), size[1], size[0], fill=False, edgecolor=_WINDOW, linewidth=3, clip_on=False)
