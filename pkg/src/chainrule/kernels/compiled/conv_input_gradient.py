"""The input gradient of a convolution on tiles: correlations of delta with the filter flipped.

With stride s, input rows h, h + s, h + 2s, ... meet the same taps: they are a *phase*, and each phase is a correlation
with stride 1 of delta, padded, with those taps in reverse. Where there are few channels all column phases of a row
share the lanes, in *units* of `stride` neighbouring columns.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from chainrule.kernels.compiled.conv_geometry import MOST_GROUP, Index, Taps, row_taps
from chainrule.kernels.compiled.conv_images import ImagesCorrelation, images_correlation, run_over_images
from chainrule.kernels.compiled.correlation import Correlation, band_plan, run_correlation
from chainrule.kernels.compiled.matmul import dense_grad_input
from chainrule.kernels.compiled.packing import Array, padded_image, panel_table
from chainrule.kernels.compiled.tile_choice import TileChoice, choose_tile, dtype_name
from chainrule.shapes import Axis

__all__ = ["conv_grad_input"]

FEW = 8  # channels of a unit: a vector of AVX2, of which more than half would be empty with one phase at a time


class Phase(NamedTuple):
    """Every stride-th input position of one axis, from `first`: which taps meet them, at which output offsets."""

    first: int
    length: int
    taps: tuple[int, ...]
    offsets: tuple[int, ...]


def _phases(axis: Axis) -> list[Phase]:
    """The phases of an axis.

    Input h meets output p by tap t where h + before = p · stride + t · dilation. So h = stride · i + first meets
    p = i + offset, if first + before − t · dilation is offset · stride.
    """
    phases = []
    for first in range(min(axis.stride, axis.size)):
        distances = [first + axis.before - axis.dilation * t for t in range(axis.window)]
        taps = tuple(t for t in reversed(range(axis.window)) if distances[t] % axis.stride == 0)
        length = len(range(first, axis.size, axis.stride))
        phases.append(Phase(first, length, taps, tuple(distances[t] // axis.stride for t in taps)))
    return phases


class Padded(NamedTuple):
    """Delta with zeros around it: how many come before, and the size altogether, in rows and columns."""

    before: tuple[int, int]
    size: tuple[int, int]


def _margins(phases: list[Phase], output: int) -> tuple[int, int]:
    """Zeros before delta, and its whole extent, so that every phase finds what it reads."""
    used = [phase for phase in phases if phase.taps]
    # Taps are in reverse, so offsets grow: the first one reaches furthest back, the last one furthest on.
    before = max([0] + [-phase.offsets[0] for phase in used])
    stop = max([output] + [phase.length + phase.offsets[-1] for phase in used])
    return before, before + stop


class Pass(NamedTuple):
    """One pass over delta: what fills these rows and columns of the input gradient.

    correlation: None where no tap meets them and all is 0.
    """

    correlation: Correlation | None
    rows: slice
    columns: slice


def _unit_outputs(columns: Axis, units: int) -> tuple[int, int]:
    """Outputs that meet one of the first `units` units of `stride` input columns, as (start, stop)."""
    positions = [j + columns.before - t for j in range(units * columns.stride) for t in range(columns.window)]
    outputs = [position // columns.stride for position in positions if position % columns.stride == 0]
    return min(outputs), max(outputs) + 1


def _correlation(
    choice: TileChoice, taps: Taps, row: Phase, P: int, source: Index, size: tuple[int, int, int]
) -> Correlation:
    """`source` says which weight is in each step and lane; P is the number of delta's rows."""
    met = np.arange(row.length)[:, None] + np.array(row.offsets)
    table = panel_table(source, choice.tile.width)
    return Correlation(choice.tile, choice.group, taps, row_taps(met, P, taps), table, size, choice.cycles)


def _single_pass(row: Phase, column: Phase, axes: tuple[Axis, Axis], C: int, K: int, delta: Padded, dtype: str) -> Pass:
    """The positions of one phase of rows and one of columns."""
    rows, columns = axes
    filled = slice(row.first, None, rows.stride), slice(column.first, None, columns.stride)
    if not row.taps or not column.taps:
        return Pass(None, *filled)
    choice = choose_tile(dtype, row.length, column.length, C, len(row.taps) * K, (len(column.taps),))
    row_offsets = (np.array(row.offsets, np.int64) + delta.before[0])[:, None] * delta.size[1] * K
    column_offsets = (np.array(column.offsets, np.int64) + delta.before[1]) * K
    # Outputs side by side are one run of delta; with gaps between them each is a tap of its own.
    adjacent = bool(np.all(np.diff(column.offsets) == 1))
    starts = column_offsets[:1] if adjacent else column_offsets
    taps = Taps((row_offsets + starts).reshape(-1), len(column_offsets) // len(starts) * K, 1)
    r, s = np.array(row.taps)[:, None, None, None], np.array(column.taps)[:, None, None]
    k, c = np.ogrid[:K, :C]
    source = ((r * columns.window + s) * C + c) * K + k
    size = (row.length, column.length, C)
    return Pass(_correlation(choice, taps, row, rows.output, source.reshape(-1, C), size), *filled)


def _banded_pass(row: Phase, axes: tuple[Axis, Axis], C: int, K: int, delta: Padded, dtype: str) -> Pass:
    """The positions of one phase of rows and all columns, in units of `stride` columns."""
    rows, columns = axes
    stride = columns.stride
    units = columns.size // stride
    filled = slice(row.first, None, rows.stride), slice(0, None, 1)
    if not row.taps:
        return Pass(None, *filled)
    # A group is a number of units here, and a "pixel" of it a unit: `stride` columns with all their channels.
    outputs = [_unit_outputs(columns, count) for count in range(1, MOST_GROUP + 1)]
    windows = tuple(stop - start for start, stop in outputs)
    choice = choose_tile(dtype, row.length, units, stride * C, len(row.taps) * K, windows)
    group = choice.group
    start, window = outputs[group - 1][0], windows[group - 1]
    row_offsets = (np.array(row.offsets, np.int64) + delta.before[0]) * delta.size[1] * K
    taps = Taps(row_offsets + (start + delta.before[1]) * K, window * K, 1)
    # Lane (j, c) is channel c of column j of the group; output start + o meets it by tap s, if there is such a tap.
    r = np.array(row.taps)[:, None, None, None, None]
    _, o, k, j, c = np.ogrid[:1, :window, :K, : group * stride, :C]
    s = j + columns.before - stride * (o + start)
    index = ((r * columns.window + s) * C + c) * K + k
    source = np.where((s >= 0) & (s < columns.window), index, -1).reshape(-1, group * stride * C)
    size = (row.length, units, source.shape[1])
    return Pass(_correlation(choice, taps, row, rows.output, source, size), *filled)


@lru_cache(maxsize=64)
def _over_pixels(rows: Axis, columns: Axis, C: int, K: int, dtype: str) -> tuple[Padded, list[Pass]]:
    down, across = _phases(rows), _phases(columns)
    (top, H), (left, W) = _margins(down, rows.output), _margins(across, columns.output)
    # Few channels: all column phases share the lanes, if whole units of `stride` columns fill the row.
    few = columns.dilation == 1 and columns.size % columns.stride == 0 and C * columns.stride <= FEW
    if not few or not any(phase.taps for phase in across):
        delta = Padded((top, left), (H, W))
        return delta, [
            _single_pass(row, column, (rows, columns), C, K, delta, dtype) for row in down for column in across
        ]
    # The lanes of a unit read what any of its columns meets, which may be more than one phase needs.
    start, stop = _unit_outputs(columns, columns.size // columns.stride)
    left = max(left, -start)
    delta = Padded((top, left), (H, max(W, left + stop, left + columns.output)))
    return delta, [_banded_pass(row, (rows, columns), C, K, delta, dtype) for row in down]


def _flipped(axis: Axis) -> Axis:
    """How the flipped filter slides over delta, where the filter slides over the input in steps of 1."""
    spread = (axis.window - 1) * axis.dilation
    before = spread - axis.before
    after = axis.size + spread - before - axis.output
    return Axis(axis.output, axis.window, 1, axis.dilation, before, after, axis.size)


def _over_images(rows: Axis, columns: Axis, M: int, C: int, K: int, dtype: str) -> ImagesCorrelation | None:
    over_pixels = _over_pixels(rows, columns, C, K, dtype)[1][0].correlation
    # With a stride there are several passes, and tiles over images are prepared for one only.
    if rows.stride > 1 or columns.stride > 1 or not over_pixels:
        return None
    r, s, k, c = np.ogrid[: rows.window, : columns.window, :K, :C]
    r, s = rows.window - 1 - r, columns.window - 1 - s
    source = (((r * columns.window + s) * C + c) * K + k).reshape(-1, C)
    return images_correlation(_flipped(rows), _flipped(columns), M, source, False, dtype, over_pixels.cycles)


class Prepared(NamedTuple):
    """Delta with zeros around it, and for each pass its correlation and packed plan, or the slices that are 0."""

    delta: Padded
    passes: list[tuple[Correlation, Index]]
    zeros: list[tuple[slice, slice]]


@lru_cache(maxsize=64)
def _prepared(rows: Axis, columns: Axis, M: int, C: int, K: int, dtype: str) -> Prepared | ImagesCorrelation:
    """All that depends on the shapes alone, by whichever tiles are quicker."""
    if by_images := _over_images(rows, columns, M, C, K, dtype):
        return by_images
    delta, passes = _over_pixels(rows, columns, C, K, dtype)
    H, W = rows.size, columns.size
    x_strides = delta.size[0] * delta.size[1] * K, delta.size[1] * K, K
    y_strides = H * W * C, rows.stride * W * C, columns.stride * C
    prepared = Prepared(delta, [], [])
    for correlation, down, across in passes:
        if correlation is None:
            prepared.zeros.append((down, across))
        else:
            y_offset = (down.start * W + across.start) * C
            prepared.passes.append((correlation, band_plan(correlation, M, x_strides, y_strides, y_offset)))
    return prepared


def conv_grad_input(delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Each input entry collects delta · w from every output position that met it."""
    M, C, K = out.shape[0], out.shape[3], delta.shape[3]
    if not out.size or not K:
        out[...] = 0
        return
    if rows.pointwise and columns.pointwise:
        dense_grad_input(delta.reshape(-1, K), w.reshape(C, K), out.reshape(-1, C))
        return
    prepared = _prepared(rows, columns, M, C, K, dtype_name(delta))
    if isinstance(prepared, ImagesCorrelation):
        run_over_images(prepared, delta, w, None, out)
        return
    padded = padded_image("delta", delta, *prepared.delta)
    for correlation, plan in prepared.passes:
        run_correlation(correlation, plan, padded, w, None, out)
    for down, across in prepared.zeros:
        out[:, down, across] = 0
