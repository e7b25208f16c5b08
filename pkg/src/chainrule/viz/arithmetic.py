"""The arithmetic of output sizes, drawn: which pixels a window meets for each stride, padding and dilation."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from chainrule.viz.canvas import canvas

__all__ = ["convolution_arithmetic", "transposed_arithmetic"]

_PIXEL, _PAD, _TAP, _DONE, _UNUSED = "#9dbfe8", "#f3f4f6", "#1f5dad", "#8fd0a8", "#e9c46a"
_NOW = "#1e7a46"
_EDGE = "#ffffff"


@dataclass(frozen=True)
class _Axis:
    """One axis of a square picture: n pixels, window k, stride s, padding p on each side, dilation d."""

    n: int
    k: int
    s: int
    p: int
    d: int

    @property
    def spread(self) -> int:
        return self.d * (self.k - 1) + 1

    @property
    def size(self) -> int:
        return (self.n + 2 * self.p - self.spread) // self.s + 1

    def formula(self) -> str:
        top = f"{self.n} + 2·{self.p} − {self.d}·({self.k} − 1) − 1"
        return f"P = ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1 = ⌊({top}) / {self.s}⌋ + 1 = {self.size}"


def convolution_arithmetic(
    n: int = 5, k: int = 3, stride: int = 1, pad: int = 0, dilation: int = 1, step: int = 0
) -> Figure:
    """Left the padded input with the filter's entries at one step, right the output that the step fills.

    Blue input, grey padding, dark the pixels that meet an entry of the filter; yellow what no window ever covers
    because the last stride does not fit.

    Args:
        n: rows and columns of the input.
        k: rows and columns of the filter.
        stride: of the window.
        pad: zeros on each side.
        dilation: distance of neighbouring entries of the filter.
        step: which position, along the rows of the output; past the last it stays there.

    >>> convolution_arithmetic(n=7, k=3, stride=2, pad=1).get_suptitle().split(" = ")[-1]
    '4'
    """
    axis = _Axis(n, k, stride, pad, dilation)
    figure, axes = canvas(2, size=(3.6, 3.6))
    padded, P = n + 2 * pad, axis.size
    colours = np.full((padded, padded), _PAD, dtype=object)
    colours[pad : pad + n, pad : pad + n] = _PIXEL
    if P < 1:
        figure.suptitle(axis.formula() + "  (no window fits)", fontsize=9.5)
        _cells(axes[0, 0], colours, "x")
        axes[0, 1].set_axis_off()
        return figure
    figure.suptitle(axis.formula(), fontsize=9.5)
    p, q = divmod(min(step, P * P - 1), P)
    covered = (P - 1) * stride + axis.spread
    inside = np.zeros((padded, padded), dtype=bool)
    inside[pad : pad + n, pad : pad + n] = True
    colours[covered:][inside[covered:]] = _UNUSED
    colours[:, covered:][inside[:, covered:]] = _UNUSED
    taps = np.arange(k) * dilation
    colours[np.ix_(p * stride + taps, q * stride + taps)] = _TAP
    _cells(axes[0, 0], colours, f"x  {n}×{n}" + (f", p = {pad}" if pad else ""))
    axes[0, 0].add_patch(_frame(p * stride, q * stride, axis.spread))
    _cells(axes[0, 1], _progress(P, p, q), f"z  {P}×{P}", extent=padded)
    return figure


def transposed_arithmetic(n: int = 3, k: int = 3, stride: int = 2, step: int = 0) -> Figure:
    """Left the input y, right the output: each entry of y lays down a whole filter, and overlaps add up.

    The numbers say how many filters have fallen on a pixel so far.

    Args:
        n: rows and columns of y.
        k: rows and columns of the filter.
        stride: distance between two filters on the output.
        step: which entry of y is laid down now; past the last it stays there.

    >>> transposed_arithmetic(n=3, k=3, stride=2).get_suptitle()
    'H = (P − 1)s + k = (3 − 1)·2 + 3 = 7'
    """
    H = (n - 1) * stride + k
    figure, axes = canvas(2, size=(3.6, 3.6))
    figure.suptitle(f"H = (P − 1)s + k = ({n} − 1)·{stride} + {k} = {H}", fontsize=9.5)
    last = min(step, n * n - 1)
    p, q = divmod(last, n)
    counts = np.zeros((H, H), dtype=int)
    for i, j in (divmod(done, n) for done in range(last + 1)):
        counts[i * stride : i * stride + k, j * stride : j * stride + k] += 1
    colours = np.full((H, H), _PAD, dtype=object)
    colours[counts > 0] = _DONE
    rows, columns = slice(p * stride, p * stride + k), slice(q * stride, q * stride + k)
    colours[rows, columns] = _TAP
    _cells(axes[0, 0], _progress(n, p, q), f"y  {n}×{n}", extent=H)
    _cells(axes[0, 1], colours, f"x  {H}×{H}")
    axes[0, 1].add_patch(_frame(p * stride, q * stride, k))
    for (i, j), count in np.ndenumerate(counts):
        if count:
            light = colours[i, j] == _TAP
            axes[0, 1].text(j, i, str(count), ha="center", va="center", color="white" if light else "#1f2937")
    return figure


def _progress(P: int, p: int, q: int) -> NDArray[np.object_]:
    """Cells that are done, the present one darker."""
    colours = np.where(np.arange(P * P).reshape(P, P) <= p * P + q, _DONE, _PAD).astype(object)
    colours[p, q] = _NOW
    return colours


def _cells(axis: Axes, colours: NDArray[np.object_], title: str, extent: int = 0) -> None:
    """Squares in the middle of an area of `extent` squares, so that both sides have one scale."""
    rows, columns = colours.shape
    for (i, j), colour in np.ndenumerate(colours):
        axis.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=colour, edgecolor=_EDGE, linewidth=1.5))
    margin = max(extent - rows, 0) / 2
    axis.set(xlim=(-0.7 - margin, columns - 0.3 + margin), ylim=(rows - 0.3 + margin, -0.7 - margin), aspect="equal")
    axis.set_title(title)
    axis.set_axis_off()


def _frame(top: int, left: int, size: int) -> Rectangle:
    return Rectangle((left - 0.5, top - 0.5), size, size, fill=False, edgecolor="#d9731a", linewidth=3)
