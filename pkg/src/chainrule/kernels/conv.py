"""Convolution and its gradients on tiles; the plain twins with the same arguments are in `plain`.

In NHWC the inputs that one filter row meets, S x C numbers, lie one after the other, and the same row of an RSCK filter
is already a matrix: so a convolution is a sum over filter rows ("taps") of a run of inputs times a panel of weights.
With few output channels the lanes are shared by a group of neighbouring pixels, and the panel becomes banded: pixel j
of the group meets the filter shifted by j strides. A table says where each weight of a panel comes from.
"""

from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels._correlate import correlate, gather, pad, product, product_tile, sum_chunks, window_tile
from chainrule.kernels._plan import choose, step_cycles
from chainrule.kernels._scratch import scratch
from chainrule.kernels._tile import Tile, compiled
from chainrule.shapes import Axis

__all__ = ["conv", "conv_grad_filter", "conv_grad_input"]

Array: TypeAlias = npt.NDArray[np.floating]
Table: TypeAlias = npt.NDArray[np.int32]
Step: TypeAlias = tuple[int, int, int]

CHUNKS = 8  # partial sums of a filter gradient: enough for as many threads, few enough to add up
TASKS = 16
CACHE = 40_000  # bytes of images that a filter gradient keeps close


class Taps(NamedTuple):
    """Where a filter meets an image: `offsets` (elements) of runs of `run` numbers; `even` of them at even distance."""

    offsets: npt.NDArray[np.int64]
    run: int
    even: int


class Correlation(NamedTuple):
    """A tile, its code, and the weights' table, for one geometry; `w` is used as it is where there is no table."""

    tile: Tile
    code: int
    group: int
    taps: Taps
    table: Table | None
    size: tuple[int, int, int]


def _packed(table: Table | None, w: Array, width: int) -> Array:
    if table is None:
        return w.reshape(-1)
    panels = scratch("panels", (len(table),), w.dtype)
    gather(w.reshape(-1), table, panels)
    return panels


def _panels(source: npt.NDArray[np.int64], width: int) -> Table:
    """(steps, lanes) of indices as panels of `width` lanes one after the other, -1 for the lanes that fill up."""
    steps, lanes = source.shape
    full = np.full((steps, -(-lanes // width) * width), -1, np.int32)
    full[:, :lanes] = source
    return np.ascontiguousarray(full.reshape(steps, -1, width).transpose(1, 0, 2)).reshape(-1, 1)


def _run(c: Correlation, M: int, x: Array, x_step: Step, w: Array, y_at: int, y_step: Step, y: Array) -> None:
    P, Q, lanes = c.size
    tile = c.tile
    panels = -(-lanes // tile.width)
    band = tile.rows
    while band < P and M * panels * -(-P // (2 * band)) >= TASKS:
        band *= 2
    correlate(
        c.code, tile.rows, tile.columns, c.group, tile.width, (M, P, Q, lanes), band,
        x.reshape(-1), x_step, c.taps.offsets, c.taps.run, _packed(c.table, w, tile.width), y_at, y_step, y.reshape(-1),
    )  # fmt: skip


def _padded(role: str, x: Array, top: int, left: int, H: int, W: int) -> Array:
    """x with zeros before it and after it, H x W altogether; x itself if nothing is missing."""
    M, height, width, C = x.shape
    if (top, left, H, W) == (0, 0, height, width):
        return x
    out = scratch(role, (M, H, W, C), x.dtype)
    pad(x, top, left, out)
    return out


def _extent(axis: Axis) -> int:
    """Positions of the padded axis that are needed: the whole input, and as many zeros after it as a window meets."""
    last = (axis.output - 1) * axis.stride + (axis.window - 1) * axis.dilation + 1
    return max(axis.before + axis.size, last)


def _taps(rows: Axis, columns: Axis, window: int, C: int) -> Taps:
    """Taps on the padded image, for a window that is `window` wide (wider than the filter's for a group of pixels)."""
    row = np.arange(rows.window, dtype=np.int64) * rows.dilation * _extent(columns) * C
    if columns.dilation == 1:
        return Taps(row, window * C, rows.window)
    within = np.arange(window, dtype=np.int64) * columns.dilation * C
    return Taps((row[:, None] + within).reshape(-1), C, window)


def _touched(columns: Axis, largest: int = 32) -> tuple[int, ...]:
    """Width of the window that a group of 1, 2, ... neighbouring outputs meets; groups need a run without gaps."""
    groups = largest if columns.dilation == 1 else 1
    return tuple((g - 1) * columns.stride + columns.window for g in range(1, groups + 1))


def _shifted(rows: Axis, columns: Axis, group: int, C: int, K: int) -> npt.NDArray[np.int64]:
    """Index into the filter for each (r, u, c) of a group's window and each lane (j, k): s = u - j * stride, or -1."""
    window = _touched(columns, group)[group - 1] if group > 1 else columns.window
    r, u, c, j, k = np.ogrid[: rows.window, :window, :C, :group, :K]
    s = u - j * columns.stride
    index = ((r * columns.window + s) * C + c) * K + k
    return np.where((s >= 0) & (s < columns.window), index, -1).reshape(rows.window * window * C, group * K)


@lru_cache(maxsize=64)
def _forward(rows: Axis, columns: Axis, C: int, K: int, dtype: str) -> Correlation:
    touched = _touched(columns)
    group, tile = choose(dtype, rows.output, columns.output, K, rows.window * C, touched)
    taps = _taps(rows, columns, touched[group - 1], C)
    source = _shifted(rows, columns, group, C, K)
    table = None if group == 1 and tile.width == K else _panels(source, tile.width)
    size = (rows.output, columns.output, group * K)
    return Correlation(tile, compiled(window_tile, tile), group, taps, table, size)


def conv(x: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """out[m, p, q, k] = sum over r, s, c of x[m, p·stride + r·dilation, …, c] · w[r, s, c, k]."""
    M, P, Q, K = out.shape
    C = x.shape[3]
    if not out.size or not C:
        out[...] = 0
        return
    plan = _forward(rows, columns, C, K, x.dtype.name)
    H, W = _extent(rows), _extent(columns)
    padded = _padded("image", x, rows.before, columns.before, H, W)
    x_step = H * W * C, rows.stride * W * C, columns.stride * C
    _run(plan, M, padded, x_step, w, 0, (P * Q * K, Q * K, K), out)


class Phase(NamedTuple):
    """Every stride-th input position of one axis, from `first`: which taps reach them, from which output offset."""

    first: int
    count: int
    taps: tuple[int, ...]
    offsets: tuple[int, ...]


def _phases(axis: Axis) -> list[Phase]:
    """Input h meets output p with tap t where h + before = p · stride + t · dilation; so h = stride · i + first has p = i + offset."""
    found = []
    for first in range(min(axis.stride, axis.size)):
        reach = [first + axis.before - axis.dilation * t for t in range(axis.window)]
        taps = tuple(t for t in reversed(range(axis.window)) if reach[t] % axis.stride == 0)
        count = len(range(first, axis.size, axis.stride))
        found.append(Phase(first, count, taps, tuple(reach[t] // axis.stride for t in taps)))
    return found


def _margins(phases: list[Phase], output: int) -> tuple[int, int]:
    """Zeros before delta, and its whole extent, so that every phase finds what it reads."""
    used = [phase for phase in phases if phase.taps]
    before = max([0] + [-phase.offsets[0] for phase in used])
    last = max([output] + [phase.count + phase.offsets[-1] for phase in used])
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


def _correlation(tile: Tile, group: int, taps: Taps, source: npt.NDArray[np.int64], size: Step) -> Correlation:
    return Correlation(tile, compiled(window_tile, tile), group, taps, _panels(source, tile.width), size)


def _strip(row: Phase, column: Phase, axes: tuple[Axis, Axis], C: int, K: int, plan: InputPlan, dtype: str) -> Strip:
    """The positions of one phase of rows and one of columns."""
    where = slice(row.first, None, axes[0].stride), slice(column.first, None, axes[1].stride)
    if not row.taps or not column.taps:
        return Strip(None, *where)
    steps = np.diff(column.offsets)
    adjacent = bool(np.all(steps == 1))
    _, tile = choose(dtype, row.count, column.count, C, len(row.taps) * K, (len(column.taps),))
    down = (np.array(row.offsets, np.int64) + plan.before[0])[:, None] * plan.extent[1] * K
    across = (np.array(column.offsets, np.int64) + plan.before[1]) * K
    starts = across[:1] if adjacent else across
    taps = Taps((down + starts).reshape(-1), len(across) // len(starts) * K, 1)
    r, s = np.array(row.taps)[:, None, None, None], np.array(column.taps)[:, None, None]
    k, c = np.ogrid[:K, :C]
    source = ((r * axes[1].window + s) * C + c) * K + k
    return Strip(_correlation(tile, 1, taps, source.reshape(-1, C), (row.count, column.count, C)), *where)


def _banded_strip(row: Phase, rows: Axis, columns: Axis, C: int, K: int, plan: InputPlan, dtype: str) -> Strip:
    """The positions of one phase of rows and all columns, in units of `stride` columns."""
    stride = columns.stride
    units = columns.size // stride
    where = slice(row.first, None, rows.stride), slice(0, None, 1)
    if not row.taps:
        return Strip(None, *where)
    reach = [_unit_reach(columns, count) for count in range(1, 33)]
    touched = tuple(last - first + 1 for first, last in reach)
    group, tile = choose(dtype, row.count, units, stride * C, len(row.taps) * K, touched)
    first = reach[group - 1][0]
    down = (np.array(row.offsets, np.int64) + plan.before[0]) * plan.extent[1] * K
    taps = Taps(down + (first + plan.before[1]) * K, touched[group - 1] * K, 1)
    r = np.array(row.taps)[:, None, None, None, None]
    _, o, k, j, c = np.ogrid[:1, : touched[group - 1], :K, : group * stride, :C]
    s = j + columns.before - stride * (o + first)
    index = ((r * columns.window + s) * C + c) * K + k
    source = np.where((s >= 0) & (s < columns.window), index, -1).reshape(-1, group * stride * C)
    return Strip(_correlation(tile, group, taps, source, (row.count, units, source.shape[1])), *where)


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


def conv_grad_input(delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Each input entry collects delta · w from every output position that saw it: a correlation for each stride phase."""
    M, H, W, C = out.shape
    K = delta.shape[3]
    if not out.size or not K:
        out[...] = 0
        return
    plan = _backward(rows, columns, C, K, delta.dtype.name)
    padded = _padded("delta", delta, *plan.before, *plan.extent)
    x_step = plan.extent[0] * plan.extent[1] * K, plan.extent[1] * K, K
    y_step = H * W * C, rows.stride * W * C, columns.stride * C
    for correlation, down, across in plan.strips:
        if correlation is None:
            out[:, down, across] = 0
        else:
            _run(correlation, M, padded, x_step, w, (down.start * W + across.start) * C, y_step, out)


class FilterPlan(NamedTuple):
    """A filter gradient: the tile and its code, the group of pixels in its lanes, and where each weight's sums are."""

    tile: Tile
    code: int
    group: int
    taps: Taps
    tiles: int
    table: Table


def _filter_group(columns: Axis, K: int, C: int, dtype: str) -> int:
    """How many neighbouring output pixels share the lanes; it must divide the row."""
    if columns.dilation > 1:
        return 1
    best, best_cost = 1, float("inf")
    for group in range(1, min(columns.output, 32) + 1):
        if columns.output % group:
            continue
        tile = choose(dtype, 1, columns.window * C, group * K, 1, (1,), True).tile
        if group > 1 and group * K > tile.lanes:
            break
        cost = ((group - 1) * columns.stride + columns.window) * -(-group * K // tile.width) * tile.vectors / group
        if cost < best_cost * 0.97:
            best, best_cost = group, cost
    return best


@lru_cache(maxsize=64)
def _filter(rows: Axis, columns: Axis, C: int, K: int, dtype: str) -> FilterPlan:
    group = _filter_group(columns, K, C, dtype)
    window = (group - 1) * columns.stride + columns.window
    taps = _taps(rows, columns, window, C)
    even = [g for g in range(1, taps.even + 1) if taps.even % g == 0]
    options = [choose(dtype, g, taps.run, group * K, rows.output * columns.output, (1,), True).tile for g in even]
    tile = min((t for t in options if taps.even % t.rows == 0), key=lambda t: _filter_cost(t, taps, group * K))
    parts = -(-taps.run // tile.columns)
    tiles = -(-group * K // tile.width) * (len(taps.offsets) // tile.rows) * parts
    table = _positions(rows, columns, group, C, K, taps, tile)
    return FilterPlan(tile, compiled(product_tile, tile), group, taps, tiles, table)


def _filter_cost(tile: Tile, taps: Taps, lanes: int) -> float:
    tiles = -(-lanes // tile.width) * len(taps.offsets) // tile.rows * -(-taps.run // tile.columns)
    return tiles * step_cycles(tile.pixels, tile.vectors)


def _positions(rows: Axis, columns: Axis, group: int, C: int, K: int, taps: Taps, tile: Tile) -> Table:
    """Where the sums of weight (r, s, c, k) are, one for each pixel j of the group: at u = s + j · stride in its window."""
    r, s, c, k, j = np.ogrid[: rows.window, : columns.window, :C, :K, :group]
    u = s + j * columns.stride
    tap, entry = (r, u * C + c) if columns.dilation == 1 else (r * columns.window + s, c)
    parts = -(-taps.run // tile.columns)
    part = np.minimum(entry // tile.columns, parts - 1)
    within = entry - np.minimum(part * tile.columns, taps.run - tile.columns)
    lane = j * K + k
    number = (lane // tile.width * (len(taps.offsets) // tile.rows) + tap // tile.rows) * parts + part
    pixel = tap % tile.rows * tile.columns + within
    position = (number * tile.pixels + pixel) * tile.width + lane % tile.width
    return np.ascontiguousarray(np.broadcast_to(position, (rows.window, columns.window, C, K, group))).reshape(-1, group).astype(np.int32)


def conv_grad_filter(x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """out[r, s, c, k] = sum over m, p, q of x[m, p·stride + r·dilation, …, c] · delta[m, p, q, k], in a fixed order."""
    M, P, Q, K = delta.shape
    C = x.shape[3]
    if not out.size or not M:
        out[...] = 0
        return
    plan = _filter(rows, columns, C, K, x.dtype.name)
    H, W = _extent(rows), _extent(columns)
    padded = _padded("image", x, rows.before, columns.before, H, W)
    x_step = H * W * C, rows.stride * W * C, plan.group * columns.stride * C
    tile = plan.tile
    chunks = scratch("chunks", (min(CHUNKS, M * P), plan.tiles * tile.pixels * tile.width), x.dtype)
    block = max(1, CACHE // ((Q * K + rows.stride * W * C) * x.dtype.itemsize))
    product(
        plan.code, tile.rows, tile.columns, tile.width, (M, P, Q // plan.group, plan.group * K), block,
        padded.reshape(-1), x_step, plan.taps.offsets, plan.taps.run, delta.reshape(-1), chunks,
    )  # fmt: skip
    sum_chunks(chunks)
    gather(chunks[0], plan.table, out)
