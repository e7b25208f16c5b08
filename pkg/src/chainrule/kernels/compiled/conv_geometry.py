"""Where a filter meets an image, in elements of the padded image: what the loops of `conv_loops` are told.

In NHWC the inputs that one filter row meets, S x C numbers, lie one after the other, and the same row of an RSCK filter
is already a matrix: so a convolution is a sum over filter rows ("taps") of a run of inputs times a panel of weights.
A filter that is dilated along the row has gaps: then every entry of the row is a tap, and its run the C channels.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.shapes import Axis

__all__ = ["MOST_GROUP", "Index", "Taps", "extent", "group_windows", "row_taps", "taps_of", "x_strides"]

Index: TypeAlias = npt.NDArray[np.int64]

MOST_GROUP = 32  # neighbouring outputs that share a vector: no CPU has more lanes


class Taps(NamedTuple):
    """Where a filter meets an image: `offsets` (elements) of runs of `run` numbers; `even` of them at even distance."""

    offsets: Index
    run: int
    even: int


def extent(axis: Axis) -> int:
    """Positions of the padded axis that are needed: the whole input, and as many zeros after it as a window meets."""
    met = (axis.output - 1) * axis.stride + (axis.window - 1) * axis.dilation + 1
    return max(axis.before + axis.size, met)


def x_strides(rows: Axis, columns: Axis, C: int) -> tuple[int, int, int]:
    """Elements of the padded image from one image, output row, output pixel to the next."""
    H, W = extent(rows), extent(columns)
    return H * W * C, rows.stride * W * C, columns.stride * C


def taps_of(rows: Axis, columns: Axis, window: int, C: int) -> Taps:
    """Taps on the padded image, for a window that is `window` wide (wider than the filter's for a group of pixels)."""
    row = np.arange(rows.window, dtype=np.int64) * rows.dilation * extent(columns) * C
    if columns.dilation == 1:
        return Taps(row, window * C, rows.window)
    entry = np.arange(window, dtype=np.int64) * columns.dilation * C
    return Taps((row[:, None] + entry).reshape(-1), C, window)


def row_taps(met: Index, size: int, taps: Taps) -> Index:
    """Which taps each output row p needs, as (start, stop), where filter row r meets the image's row met[p, r].

    Rows outside of 0 to size - 1 are the zeros above and below: with a wide filter on a small image a third of all.
    """
    R = met.shape[1]
    real = (met >= 0) & (met < size)
    any_real = real.any(axis=1)
    start = np.where(any_real, real.argmax(axis=1), R)
    stop = np.where(any_real, R - real[:, ::-1].argmax(axis=1), 0)
    # Each filter row has as many taps: one, or all entries of the row.
    bounds: Index = np.stack((start, stop), axis=1) * (len(taps.offsets) // R)
    return bounds


def group_windows(columns: Axis) -> tuple[int, ...]:
    """Width of the window that a group of 1, 2, ... neighbouring outputs meets; groups need a run without gaps."""
    groups = MOST_GROUP if columns.dilation == 1 else 1
    return tuple((g - 1) * columns.stride + columns.window for g in range(1, groups + 1))
