"""Convolution on tiles, and what its gradients share with it; the plain twins are in `plain`.

In NHWC the inputs that one filter row meets, S x C numbers, lie one after the other, and the same row of an RSCK filter
is already a matrix: so a convolution is a sum over filter rows ("taps") of a run of inputs times a panel of weights.
With few output channels the lanes are shared by a group of neighbouring pixels, and the panel becomes banded: pixel j
of the group meets the filter shifted by j strides. A table says where each weight of a panel comes from.
"""

from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels import reference
from chainrule.kernels.compiled.conv_images import ImagesPlan, quicker_by_images, run_by_images
from chainrule.kernels.compiled.conv_loops import (
    correlate,
    correlate_band,
    pad,
    pad_row,
    window_tiles,
)
from chainrule.kernels.compiled.matmul import dense, in_lanes
from chainrule.kernels.compiled.packing import SMALL, Array, Table, packed, panels_of
from chainrule.kernels.compiled.tile_choice import choose, float_name
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.call import compiled
from chainrule.kernels.simd.parallel import TASKS, shared
from chainrule.kernels.simd.tile import Tile
from chainrule.shapes import Axis

__all__ = [
    "Correlation", "Step", "Taps",
    "conv", "extent", "padded_image", "reach_of", "run_correlation", "taps_of", "touched_by",
]  # fmt: skip

Step: TypeAlias = tuple[int, int, int]


class Taps(NamedTuple):
    """Where a filter meets an image: `offsets` (elements) of runs of `run` numbers; `even` of them at even distance."""

    offsets: npt.NDArray[np.int64]
    run: int
    even: int


class Correlation(NamedTuple):
    """A tile and the weights' table, for one geometry; `w` is used as it is where there is no table.

    reach: (P, 2), the first tap that output row p needs, and the one after the last. cycles: of an image, estimated.
    """

    tile: Tile
    group: int
    taps: Taps
    reach: npt.NDArray[np.int64]
    table: Table | None
    size: tuple[int, int, int]
    cycles: float


def run_correlation(
    c: Correlation, M: int, x: Array, x_step: Step, w: Array, y_at: int, y_step: Step, y: Array,
    b: Array | None = None, relu: bool = False,
) -> None:  # fmt: skip
    """Correlate M images that lie x_step apart into y, from element y_at in steps of y_step (image, row, pixel)."""
    P, Q, lanes = c.size
    tile = c.tile
    panels = -(-lanes // tile.width)
    band = tile.rows
    while band < P and M * panels * -(-P // (2 * band)) >= TASKS:
        band *= 2
    correlate(
        shared(correlate_band), compiled(window_tiles, tile), tile.rows, tile.columns * c.group, c.group, tile.width,
        (M, P, Q, lanes), band, x.reshape(-1), x_step, c.taps.offsets, c.reach, c.taps.run, packed(c.table, w),
        in_lanes(b, panels * tile.width, tile.dtype), int(relu), y_at, y_step, y.reshape(-1),
    )  # fmt: skip


def padded_image(role: str, x: Array, top: int, left: int, H: int, W: int) -> Array:
    """x with zeros before it and after it, H x W altogether; x itself if nothing is missing."""
    M, height, width, C = x.shape
    if (top, left, H, W) == (0, 0, height, width):
        return x
    out = scratch(role, (M, H, W, C), x.dtype)
    if out.size < SMALL:
        out[...] = 0
        out[:, top : top + height, left : left + width] = x
    else:
        pad(shared(pad_row, float_name(x)), x, top, left, out)
    return out


def extent(axis: Axis) -> int:
    """Positions of the padded axis that are needed: the whole input, and as many zeros after it as a window meets."""
    last = (axis.output - 1) * axis.stride + (axis.window - 1) * axis.dilation + 1
    return max(axis.before + axis.size, last)


def taps_of(rows: Axis, columns: Axis, window: int, C: int) -> Taps:
    """Taps on the padded image, for a window that is `window` wide (wider than the filter's for a group of pixels)."""
    row = np.arange(rows.window, dtype=np.int64) * rows.dilation * extent(columns) * C
    if columns.dilation == 1:
        return Taps(row, window * C, rows.window)
    within = np.arange(window, dtype=np.int64) * columns.dilation * C
    return Taps((row[:, None] + within).reshape(-1), C, window)


def reach_of(met: npt.NDArray[np.int64], size: int, taps: Taps) -> npt.NDArray[np.int64]:
    """Which taps each output row p needs, as (first, last + 1), where filter row r meets the image's row met[p, r].

    Rows outside of 0 to size - 1 are the zeros above and below: with a wide filter on a small image a third of all.
    """
    R = met.shape[1]
    real = (met >= 0) & (met < size)
    some = real.any(axis=1)
    first = np.where(some, real.argmax(axis=1), R)
    last = np.where(some, R - real[:, ::-1].argmax(axis=1), 0)
    reach: npt.NDArray[np.int64] = np.stack((first, last), axis=1) * (len(taps.offsets) // R)
    return reach


def touched_by(columns: Axis, largest: int = 32) -> tuple[int, ...]:
    """Width of the window that a group of 1, 2, ... neighbouring outputs meets; groups need a run without gaps."""
    groups = largest if columns.dilation == 1 else 1
    return tuple((g - 1) * columns.stride + columns.window for g in range(1, groups + 1))


def _shifted(rows: Axis, columns: Axis, group: int, C: int, K: int) -> npt.NDArray[np.int64]:
    """Index into the filter for each (r, u, c) of a group's window and each lane (j, k): s = u - j * stride, or -1."""
    window = touched_by(columns, group)[group - 1] if group > 1 else columns.window
    r, u, c, j, k = np.ogrid[: rows.window, :window, :C, :group, :K]
    s = u - j * columns.stride
    index = ((r * columns.window + s) * C + c) * K + k
    return np.where((s >= 0) & (s < columns.window), index, -1).reshape(rows.window * window * C, group * K)


@lru_cache(maxsize=64)
def _forward(rows: Axis, columns: Axis, C: int, K: int, dtype: str) -> Correlation:
    touched = touched_by(columns)
    group, tile, cycles = choose(dtype, rows.output, columns.output, K, rows.window * C, touched)
    taps = taps_of(rows, columns, touched[group - 1], C)
    source = _shifted(rows, columns, group, C, K)
    table = None if group == 1 and tile.width == K else panels_of(source, tile.width)
    met = np.arange(rows.output)[:, None] * rows.stride + np.arange(rows.window) * rows.dilation - rows.before
    size = (rows.output, columns.output, group * K)
    reach = reach_of(met, rows.size, taps)
    return Correlation(tile, group, taps, reach, table, size, cycles)


@lru_cache(maxsize=64)
def _forward_by_images(rows: Axis, columns: Axis, M: int, C: int, K: int, dtype: str) -> ImagesPlan | None:
    cycles = _forward(rows, columns, C, K, dtype).cycles
    return quicker_by_images(rows, columns, M, _shifted(rows, columns, 1, C, K), dtype, cycles)


def conv(x: Array, w: Array, b: Array | None, rows: Axis, columns: Axis, relu: bool, out: Array) -> None:
    """out[m, p, q, k] = b[k] + sum over r, s, c of x[m, p·stride + r·dilation, …, c] · w[r, s, c, k].

    Then max(0, ·) where `relu`; NaN stays NaN.
    """
    M, P, Q, K = out.shape
    C = x.shape[3]
    if not out.size or not C:  # nothing but the bias
        reference.conv(x, w, b, rows, columns, relu, out)
        return
    if rows.pointwise and columns.pointwise:
        dense(x.reshape(-1, C), w.reshape(C, K), b, relu, out.reshape(-1, K))
        return
    if by_images := _forward_by_images(rows, columns, M, C, K, float_name(x)):
        run_by_images(by_images, rows, columns, x, w, b, relu, out)
        return
    plan = _forward(rows, columns, C, K, float_name(x))
    H, W = extent(rows), extent(columns)
    padded = padded_image("image", x, rows.before, columns.before, H, W)
    x_step = H * W * C, rows.stride * W * C, columns.stride * C
    run_correlation(plan, M, padded, x_step, w, 0, (P * Q * K, Q * K, K), out, b, relu)
