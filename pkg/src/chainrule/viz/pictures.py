"""Small grey pictures in rows: digits, weights of hidden units, and which digit is taken for which."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import canvas

__all__ = ["confusion", "pictures"]


def pictures(
    images: ArrayLike, titles: Sequence[object] = (), columns: int = 10, signed: bool = False, size: float = 0.78
) -> Figure:
    """Pictures in a grid.

    Args:
        images: (M, H, W).
        titles: one above each picture, or none.
        columns: pictures in a row.
        signed: blue for negative, red for positive (weights), on one scale; otherwise ink on paper.
        size: width of a picture in inches.

    Raises:
        ShapeError: images have other than three axes.

    >>> len(pictures(np.zeros((3, 8, 8)), columns=2).axes)
    4
    """
    stack = np.asarray(images, np.float64)
    if stack.ndim != 3 or not len(stack):
        raise ShapeError(
            explain("no stack of pictures", got=stack.shape, expected="(M, H, W)", fix="reshape(-1, H, W)")
        )
    columns = min(columns, len(stack))
    figure, axes = canvas(columns, -(-len(stack) // columns), size=(size, size + 0.2 if titles else size))
    reach = float(np.abs(stack).max()) or 1.0
    for i, axis in enumerate(axes.flat):
        axis.set_axis_off()
        if i < len(stack):
            low = -reach if signed else 0.0
            axis.imshow(stack[i], cmap="RdBu_r" if signed else "gray_r", vmin=low, vmax=reach)
            if titles:
                axis.set_title(str(titles[i]), fontsize=9, pad=2)
    return figure


def confusion(truth: ArrayLike, predicted: ArrayLike, K: int) -> Figure:
    """How often each class is taken for each other: rows the truth, columns the prediction.

    Args:
        truth: (M,) integer labels.
        predicted: (M,) integer labels.
        K: number of classes.

    >>> confusion([0, 1, 1], [0, 1, 0], K=2).axes[0].get_xlabel()
    'predicted'
    """
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (np.asarray(truth), np.asarray(predicted)), 1)
    figure, axes = canvas(size=(4.0, 3.8))
    axis = axes[0, 0]
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axis.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for i, j in zip(*np.nonzero(counts), strict=True):
        axis.text(
            j,
            i,
            str(counts[i, j]),
            ha="center",
            va="center",
            fontsize=8,
            color="white" if share[i, j] > 0.5 else "#374151",
        )
    axis.set(xlabel="predicted", ylabel="true", xticks=range(K), yticks=range(K))
    axis.grid(visible=False)
    return figure
