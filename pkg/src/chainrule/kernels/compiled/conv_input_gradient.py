"""The input gradient of a convolution on tiles: correlations of delta with the filter turned around.

With stride s, input rows h, h + s, h + 2s, ... meet the same taps: they are a phase, and each phase is a correlation
with stride 1 of delta, padded, with those taps in reverse. Where there are few channels all
phases of a row share the lanes.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chainrule.kernels.compiled.conv_forward import (
    Correlation,
    Step,
    Taps,
    padded_image,
    reach_of,
    run_correlation,
)
from chainrule.kernels.compiled.conv_images import ImagesPlan, quicker_by_images, run_by_images
from chainrule.kernels.compiled.matmul import dense_grad_input
from chainrule.kernels.compiled.packing import Array, panels_of
from chainrule.kernels.compiled.tile_choice import Choice, choose, float_name
from chainrule.shapes import Axis

__all__ = ["conv_grad_input"]


class Phase(NamedTuple):
    """Every stride-th input position of one axis, from `first`: which taps reach them, from which output offset."""

    first: int
    length: int
    taps: tuple[int, ...]
    offsets: tuple[int, ...]


def _phases(axis: Axis) -> list[Phase]:
    """The phases of an axis.

    Input h meets output p by tap t where h + before = p · stride + t · dilation. So h = stride · i + first meets
    p = i + offset, if first + before − t · dilation is offset · stride.
    """
    found = []
    for first in range(min(axis.stride, axis.size)):
        reach = [first + axis.before - axis.dilation * t for t in range(axis.window)]
        taps = tuple(t for t in reversed(range(axis.window)) if reach[t] % axis.stride == 0)
        length = len(range(first, axis.size, axis.stride))
        found.append(Phase(first, length, taps, tuple(reach[t] // axis.stride for t in taps)))
    return found


def _margins(phases: list[Phase], output: int) -> tuple[int, int]:
    """Zeros before delta, and its whole extent, so that every phase finds what it reads."""
    used = [phase for phase in phases if phase.taps]
    before = max([0] + [-phase.offsets[0] for phase in used])
    last = max([output] + [phase.length + phase.offsets[-1] for phase in used])
    return before, before + last


class Strip(NamedTuple):
    """One pass of an input gradient: what fills these rows and columns; None where no tap reaches and all is 0."""

    correlation: Correlation | None
    rows: slice
    columns: slice


class InputPlan(NamedTuple):
    """An input gradient: delta with zeros around it, and the passes over it."""

    before: tuple[int, int]
    extent: tuple[int, int]
    strips: list[Strip]


def _banded(columns: Axis, C: int) -> bool:
    """Few channels: all column phases share the lanes, if whole units of `stride` columns fill the row."""
    return columns.dilation == 1 and columns.size % columns.stride == 0 and C * columns.stride <= 8


def _unit_reach(columns: Axis, units: int) -> tuple[int, int]:
    """First and last output that meets one of the first `units` units of `stride` input columns."""
    positions = [j + columns.before - t for j in range(units * columns.stride) for t in range(columns.window)]
    reached = [position // columns.stride for position in positions if position % columns.stride == 0]
    return min(reached), max(reached)


def _correlation(
    choice: Choice, taps: Taps, row: Phase, P: int, source: npt.NDArray[np.int64], size: Step
) -> Correlation:
    """`source` says which weight is in each step and lane; P is the number of delta's rows."""
    group, tile, cycles = choice
    reach = reach_of(np.arange(row.length)[:, None] + np.array(row.offsets), P, taps)
    table = panels_of(source, tile.width)
    return Correlation(tile, group, taps, reach, table, size, cycles)


def _strip(row: Phase, column: Phase, axes: tuple[Axis, Axis], C: int, K: int, plan: InputPlan, dtype: str) -> Strip:
    """The positions of one phase of rows and one of columns."""
    where = slice(row.first, None, axes[0].stride), slice(column.first, None, axes[1].stride)
    if not row.taps or not column.taps:
        return Strip(None, *where)
    steps = np.diff(column.offsets)
    adjacent = bool(np.all(steps == 1))
    choice = choose(dtype, row.length, column.length, C, len(row.taps) * K, (len(column.taps),))
    down = (np.array(row.offsets, np.int64) + plan.before[0])[:, None] * plan.extent[1] * K
    across = (np.array(column.offsets, np.int64) + plan.before[1]) * K
    starts = across[:1] if adjacent else across
    taps = Taps((down + starts).reshape(-1), len(across) // len(starts) * K, 1)
    r, s = np.array(row.taps)[:, None, None, None], np.array(column.taps)[:, None, None]
    k, c = np.ogrid[:K, :C]
    source = ((r * axes[1].window + s) * C + c) * K + k
    size = (row.length, column.length, C)
    return Strip(_correlation(choice, taps, row, axes[0].output, source.reshape(-1, C), size), *where)


def _banded_strip(row: Phase, rows: Axis, columns: Axis, C: int, K: int, plan: InputPlan, dtype: str) -> Strip:
    """The positions of one phase of rows and all columns, in units of `stride` columns."""
    stride = columns.stride
    units = columns.size // stride
    where = slice(row.first, None, rows.stride), slice(0, None, 1)
    if not row.taps:
        return Strip(None, *where)
    reach = [_unit_reach(columns, count) for count in range(1, 33)]
    touched = tuple(last - first + 1 for first, last in reach)
    choice = choose(dtype, row.length, units, stride * C, len(row.taps) * K, touched)
    group = choice.group
    first = reach[group - 1][0]
    down = (np.array(row.offsets, np.int64) + plan.before[0]) * plan.extent[1] * K
    taps = Taps(down + (first + plan.before[1]) * K, touched[group - 1] * K, 1)
    r = np.array(row.taps)[:, None, None, None, None]
    _, o, k, j, c = np.ogrid[:1, : touched[group - 1], :K, : group * stride, :C]
    s = j + columns.before - stride * (o + first)
    index = ((r * columns.window + s) * C + c) * K + k
    source = np.where((s >= 0) & (s < columns.window), index, -1).reshape(-1, group * stride * C)
    size = (row.length, units, source.shape[1])
    return Strip(_correlation(choice, taps, row, rows.output, source, size), *where)


@lru_cache(maxsize=64)
def _backward(rows: Axis, columns: Axis, C: int, K: int, dtype: str) -> InputPlan:
    down, across = _phases(rows), _phases(columns)
    (top, H), (left, W) = _margins(down, rows.output), _margins(across, columns.output)
    banded = _banded(columns, C) and any(phase.taps for phase in across)
    if banded:
        units = columns.size // columns.stride
        reach = [_unit_reach(columns, units)]
        left = max(left, *(-first for first, _ in reach))
        W = max(W, *(left + last + 1 for _, last in reach), left + columns.output)
    plan = InputPlan((top, left), (H, W), [])
    for row in down:
        if banded:
            plan.strips.append(_banded_strip(row, rows, columns, C, K, plan, dtype))
        else:
            plan.strips.extend(_strip(row, column, (rows, columns), C, K, plan, dtype) for column in across)
    return plan


def _turned(axis: Axis) -> Axis:
    """How the filter, turned around, slides over delta, where it slides over the input in steps of 1."""
    reach = (axis.window - 1) * axis.dilation
    before = reach - axis.before
    after = axis.size + reach - before - axis.output
    return Axis(axis.output, axis.window, 1, axis.dilation, before, after, axis.size)


@lru_cache(maxsize=64)
def _backward_by_images(rows: Axis, columns: Axis, M: int, C: int, K: int, dtype: str) -> ImagesPlan | None:
    by_pixels = _backward(rows, columns, C, K, dtype).strips[0].correlation
    if rows.stride > 1 or columns.stride > 1 or not by_pixels:
        return None
    r, s, k, c = np.ogrid[: rows.window, : columns.window, :K, :C]
    r, s = rows.window - 1 - r, columns.window - 1 - s
    source = (((r * columns.window + s) * C + c) * K + k).reshape(-1, C)
    return quicker_by_images(_turned(rows), _turned(columns), M, source, dtype, by_pixels.cycles)


def conv_grad_input(delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Each input entry collects delta · w from every output position that saw it."""
    M, H, W, C = out.shape
    K = delta.shape[3]
    if not out.size or not K:
        out[...] = 0
        return
    if rows.pointwise and columns.pointwise:
        dense_grad_input(delta.reshape(-1, K), w.reshape(C, K), out.reshape(-1, C))
        return
    if by_images := _backward_by_images(rows, columns, M, C, K, float_name(delta)):
        run_by_images(by_images, _turned(rows), _turned(columns), delta, w, None, False, out)
        return
    plan = _backward(rows, columns, C, K, float_name(delta))
    padded = padded_image("delta", delta, *plan.before, *plan.extent)
    x_step = plan.extent[0] * plan.extent[1] * K, plan.extent[1] * K, K
    y_step = H * W * C, rows.stride * W * C, columns.stride * C
    for correlation, down, across in plan.strips:
        if correlation is None:
            out[:, down, across] = 0
        else:
            run_correlation(correlation, M, padded, x_step, w, (down.start * W + across.start) * C, y_step, out)
