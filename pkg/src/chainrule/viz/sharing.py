"""A convolution as a layer whose connections share weights: each weight has a colour, and its gradient is a sum."""

from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import CLASSES, canvas

__all__ = ["shared_connections", "shared_sum"]

_NONE, _FRAME, _INK, _FAINT = "#f3f4f6", "#d9731a", "#374151", "#9ca3af"
Pair = tuple[int, int]


def shared_connections(kernel: Pair, image: Pair, i: int = 0) -> Figure:
    """The window of one output neuron, the graph of all connections, and the matrix W; a colour for each weight.

    Args:
        kernel: (R, S).
        image: (H, W) of the input.
        i: output neuron, along the rows; past the last it stays there.

    Raises:
        ShapeError: the window does not fit.

    >>> shared_connections((2, 2), (3, 4)).axes[2].get_title()
    'W  12×6: 24 connections, 4 weights'
    """
    weight_number = _weight_numbers(kernel, image)
    pixels, results = weight_number.shape
    i = min(max(i, 0), results - 1)
    figure, axes = canvas(3, size=(3.1, 3.9))
    _window(axes[0, 0], weight_number[:, i], image, f"x, and the window of i = {i}")
    _graph(axes[0, 1], weight_number, i, image[1])
    _squares(axes[0, 2], weight_number)
    axes[0, 2].add_patch(_frame(0, i, pixels, 1))
    weights = kernel[0] * kernel[1]
    _table(
        axes[0, 2],
        weight_number,
        f"W  {pixels}×{results}: {np.count_nonzero(weight_number >= 0)} connections, {weights} weights",
    )
    return figure


def shared_sum(dW: ArrayLike, kernel: Pair, image: Pair, mu: int = 0) -> Figure:
    """Where one weight stands in W, the gradient of the dense layer at these places, and the sums of all weights.

    Args:
        dW: (H·W, P·Q), the gradient of the dense layer.
        kernel: (R, S).
        image: (H, W) of the input.
        mu: the weight, along the rows of the filter; past the last it stays there.

    Raises:
        ShapeError: the window does not fit, or dW is not the gradient of such a layer.

    >>> shared_sum(np.ones((12, 6)), (2, 2), (3, 4), mu=1).get_suptitle()
    'μ = 1:   1 + 1 + 1 + 1 + 1 + 1 = 6'
    """
    weight_number, slopes = _weight_numbers(kernel, image), np.asarray(dW, np.float64)
    if slopes.shape != weight_number.shape:
        raise ShapeError(
            explain(
                "not the gradient of this layer", got=slopes.shape, expected=weight_number.shape, fix="pass dW as it is"
            )
        )
    mu = min(max(mu, 0), kernel[0] * kernel[1] - 1)
    figure, axes = canvas(3, size=(3.1, 3.9))
    _squares(axes[0, 0], weight_number, only=mu)
    _table(axes[0, 0], weight_number, f"W: the connections of μ = {mu}")
    reach = float(np.abs(slopes).max()) or 1.0
    axes[0, 1].imshow(slopes, cmap="RdBu_r", vmin=-3 * reach, vmax=3 * reach, aspect="auto")
    for (row, column), value in np.ndenumerate(slopes):
        chosen = weight_number[row, column] == mu
        axes[0, 1].text(
            column, row, _text(value), ha="center", va="center", fontsize=8, color=_INK if chosen else _FAINT
        )
        if chosen:
            axes[0, 1].add_patch(_frame(row, column, 1, 1))
    _table(axes[0, 1], weight_number, r"$\partial C/\partial W_{ji}$ of a dense layer")
    sums = np.array([slopes[weight_number == weight].sum() for weight in range(kernel[0] * kernel[1])]).reshape(kernel)
    terms = " + ".join(
        _text(value) if value >= 0 else f"({_text(value)})" for value in slopes.T[(weight_number == mu).T]
    )
    for weight, (r, s) in enumerate(product(*map(range, kernel))):
        colour = CLASSES[weight % len(CLASSES)]
        axes[0, 2].add_patch(Rectangle((s - 0.5, r - 0.5), 1, 1, facecolor=colour, alpha=1 if weight == mu else 0.3))
        axes[0, 2].text(
            s, r, _text(sums[r, s]), ha="center", va="center", fontsize=14, color="white" if weight == mu else _INK
        )
    axes[0, 2].add_patch(_frame(*divmod(mu, kernel[1]), 1, 1))
    axes[0, 2].set(xlim=(-0.6, kernel[1] - 0.4), ylim=(kernel[0] - 0.4, -0.6), aspect="equal")
    axes[0, 2].set_axis_off()
    axes[0, 2].set_title("gradients of the weights", fontsize=9)
    figure.suptitle(f"μ = {mu}:   {terms} = {_text(sums.flat[mu])}", fontsize=10)
    return figure


def _weight_numbers(kernel: Pair, image: Pair) -> NDArray[np.int64]:
    """Number of the weight of each connection, (H·W, P·Q); -1 where there is none."""
    P, Q = (n - k + 1 for n, k in zip(image, kernel, strict=True))
    if min(P, Q, *kernel) < 1:
        raise ShapeError(
            explain(
                "the window does not fit",
                got=f"{kernel} on {image}",
                expected="(R, S) no larger than (H, W)",
                fix="use a smaller kernel",
            )
        )
    weight_number = np.full((image[0] * image[1], P * Q), -1)
    for p, q, r, s in product(range(P), range(Q), range(kernel[0]), range(kernel[1])):
        weight_number[(p + r) * image[1] + q + s, p * Q + q] = r * kernel[1] + s
    return weight_number


def _colour(weight: int, only: int | None = None) -> str:
    if weight < 0:
        return _NONE
    return CLASSES[weight % len(CLASSES)] if only in (None, weight) else "#d1d5db"


def _squares(axis: Axes, weight_number: NDArray[np.int64], only: int | None = None) -> None:
    for (row, column), weight in np.ndenumerate(weight_number):
        axis.add_patch(
            Rectangle(
                (column - 0.5, row - 0.5), 1, 1, facecolor=_colour(int(weight), only), edgecolor="white", linewidth=1.2
            )
        )


def _table(axis: Axes, weight_number: NDArray[np.int64], title: str) -> None:
    pixels, results = weight_number.shape
    axis.grid(visible=False)
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0, labelsize=8)
    axis.set(
        xlim=(-0.6, results - 0.4),
        ylim=(pixels - 0.4, -0.6),
        xticks=range(results),
        yticks=range(pixels),
        xlabel="i",
        ylabel="j",
    )
    axis.set_title(title, fontsize=9)


def _window(axis: Axes, column: NDArray[np.int64], image: Pair, title: str) -> None:
    """The image with its pixels' numbers; those in the window have their weights' colours."""
    for j, weight in enumerate(column):
        row, place = divmod(j, image[1])
        axis.add_patch(
            Rectangle((place - 0.5, row - 0.5), 1, 1, facecolor=_colour(int(weight)), edgecolor="white", linewidth=1.5)
        )
        inside = weight >= 0
        axis.text(place, row, str(j), ha="center", va="center", fontsize=10, color="white" if inside else _INK)
    axis.set(xlim=(-0.7, image[1] - 0.3), ylim=(image[0] - 0.3, -0.7), aspect="equal")
    axis.set_axis_off()
    axis.set_title(title, fontsize=9)


def _graph(axis: Axes, weight_number: NDArray[np.int64], i: int, width: int) -> None:
    """Pixels on the left, a gap after each row of the image; results on the right, on the same height."""
    pixels, results = weight_number.shape
    left = np.arange(pixels) + 0.5 * (np.arange(pixels) // width)
    right = np.linspace(left[0] + 1, left[-1] - 1, results) if results > 1 else np.array([left.mean()])
    for row, column in sorted(np.argwhere(weight_number >= 0).tolist(), key=lambda line: line[1] == i):
        bold = column == i
        axis.plot(
            [0, 1],
            [left[row], right[column]],
            color=_colour(int(weight_number[row, column])),
            linewidth=2.8 if bold else 0.9,
            alpha=1 if bold else 0.4,
            zorder=1,
        )
    axis.scatter(np.zeros(pixels), left, s=34, color=_INK, zorder=2)
    axis.scatter(np.ones(results), right, s=64, color=[_FRAME if k == i else _INK for k in range(results)], zorder=2)
    for j in range(pixels):
        axis.text(-0.08, left[j], str(j), ha="right", va="center", fontsize=8)
    for k in range(results):
        axis.text(1.08, right[k], str(k), ha="left", va="center", fontsize=8)
    axis.set(xlim=(-0.3, 1.3), ylim=(left[-1] + 0.7, -0.7))
    axis.set_axis_off()
    axis.set_title("pixels j → results i", fontsize=9)


def _text(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _frame(row: int, column: int, height: int, width: int) -> Rectangle:
    return Rectangle(
        (column - 0.5, row - 0.5), width, height, fill=False, edgecolor=_FRAME, linewidth=2.2, clip_on=False, zorder=3
    )
