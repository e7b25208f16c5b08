"""Inside a small LeNet: one image on its way through filters, maps and classes."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import CLASSES, canvas

__all__ = ["inside"]

_INCH = 0.72  # of one small picture


def inside(
    image: ArrayLike, filters: ArrayLike, maps1: ArrayLike, maps2: ArrayLike, probabilities: ArrayLike, title: str = ""
) -> Figure:
    """An image, the filters and maps of layer 1, the maps of layer 2, and what the network makes of it.

    Args:
        image: (H, W), from 0 to 1.
        filters: (R, S, K1), red positive, blue negative, on one scale.
        maps1: (P, Q, K1), not negative; black is 0.
        maps2: (P', Q', K2), likewise; as many in a row as layer 1 has maps.
        probabilities: (K,), of the classes.
        title: above it all.

    Raises:
        ShapeError: filters and maps of layer 1 differ in number.

    >>> figure = inside(np.eye(8), np.ones((3, 3, 4)), np.ones((8, 8, 4)), np.ones((4, 4, 6)), np.full(10, 0.1))
    >>> len(figure.axes)  # image, 4 filters, 4 maps, 6 maps, classes
    16
    """
    W, first, second = (np.asarray(value, np.float64) for value in (filters, maps1, maps2))
    if W.ndim != 3 or first.ndim != 3 or W.shape[2] != first.shape[2]:
        raise ShapeError(
            explain(
                "filters and maps do not belong together",
                got=f"{W.shape} and {first.shape}",
                expected="(R, S, K1) and (P, Q, K1)",
                fix="pass W[:, :, 0] and the maps of one image",
            )
        )
    columns, more = W.shape[2], -(-second.shape[2] // W.shape[2])
    figure, axes = canvas(size=((columns + 3.4) * _INCH, (2 + more) * _INCH + 0.35))
    axes[0, 0].remove()
    grid = GridSpec(2 + more, columns + 3, figure=figure, width_ratios=[1.4, *[1] * columns, 0.25, 2.2])
    image_axis = figure.add_subplot(grid[:2, 0])
    image_axis.imshow(np.asarray(image), cmap="gray_r", vmin=0, vmax=1)
    image_axis.set_title("x", fontsize=9, pad=2)
    reach = float(np.abs(W).max()) or 1.0
    _row(figure, grid, 0, W, "RdBu_r", (-reach, reach), "$W_1$")
    _row(figure, grid, 1, first, "magma", (0, float(first.max()) or 1.0), "$a_1$")
    for row in range(more):
        some = second[..., row * columns : (row + 1) * columns]
        _row(figure, grid, 2 + row, some, "magma", (0, float(second.max()) or 1.0), "" if row else "$a_2$")
    for axis in figure.axes:
        axis.set(xticks=[], yticks=[])
    _bars(figure, grid, columns, np.asarray(probabilities, np.float64))
    figure.suptitle(title, fontsize=10)
    return figure


def _row(
    figure: Figure,
    grid: GridSpec,
    row: int,
    stack: NDArray[np.float64],
    cmap: str,
    limits: tuple[float, float],
    name: str,
) -> None:
    """Pictures (P, Q, K) side by side."""
    for k in range(stack.shape[2]):
        axis = figure.add_subplot(grid[row, 1 + k])
        axis.imshow(stack[..., k], cmap=cmap, vmin=limits[0], vmax=limits[1])
        if k == 0:
            axis.set_ylabel(name, rotation=0, ha="right", va="center", labelpad=4)


def _bars(figure: Figure, grid: GridSpec, columns: int, shares: NDArray[np.float64]) -> None:
    axis = figure.add_subplot(grid[:, columns + 2])
    colours = [CLASSES[1] if k == shares.argmax() else CLASSES[0] for k in range(len(shares))]
    axis.barh(range(len(shares)), shares, color=colours)
    axis.set(xlim=(0, 1), xticks=[0, 1], yticks=range(len(shares)), title="p(y|x)")
    axis.tick_params(labelsize=8)
    axis.invert_yaxis()
    axis.spines[["right", "top"]].set_visible(False)
