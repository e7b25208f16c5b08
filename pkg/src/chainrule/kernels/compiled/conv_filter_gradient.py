"""The filter gradient of a convolution on tiles: sums of x times delta over all images and positions.

A tile holds a few taps and input channels times a vector of output channels. The rows of all images are shared out
among a fixed number of chunks, whatever the number of threads, and the chunks' sums are added in order: the result is
the same to the bit.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from chainrule.kernels.compiled.conv_forward import Taps, extent, padded_image, taps_of
from chainrule.kernels.compiled.conv_loops import (
    gather,
    gather_part,
    product,
    product_chunk,
    product_tile,
    sum_chunks,
    sum_part,
)
from chainrule.kernels.compiled.packing import Array, Table
from chainrule.kernels.compiled.tile_choice import choose, float_name, step_cycles
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.call import compiled
from chainrule.kernels.simd.parallel import shared
from chainrule.kernels.simd.tile import Tile
from chainrule.shapes import Axis

__all__ = ["conv_grad_filter"]

CHUNKS = 8  # enough for as many threads, few enough to add up
CACHE = 40_000  # bytes of images that are kept close while all tiles pass over them


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
    taps = taps_of(rows, columns, window, C)
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
    """Where the sums of weight (r, s, c, k) are: for pixel j of the group at u = s + j · stride in its window."""
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
    return np.ascontiguousarray(np.broadcast_to(position, (rows.window, columns.window, C, K, group))).reshape(
        -1, group
    )


def conv_grad_filter(x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """out[r, s, c, k] = sum over m, p, q of x[m, p·stride + r·dilation, …, c] · delta[m, p, q, k], in a fixed order."""
    M, P, Q, K = delta.shape
    C = x.shape[3]
    if not out.size or not M:
        out[...] = 0
        return
    plan = _filter(rows, columns, C, K, float_name(x))
    H, W = extent(rows), extent(columns)
    padded = padded_image("image", x, rows.before, columns.before, H, W)
    x_step = H * W * C, rows.stride * W * C, plan.group * columns.stride * C
    tile = plan.tile
    chunks = scratch("chunks", (min(CHUNKS, M * P), plan.tiles * tile.pixels * tile.width), x.dtype)
    block = max(1, CACHE // ((Q * K + rows.stride * W * C) * x.dtype.itemsize))
    product(
        shared(product_chunk, tile.dtype), plan.code, tile.rows, tile.columns, tile.width,
        (M, P, Q // plan.group, plan.group * K), block,
        padded.reshape(-1), x_step, plan.taps.offsets, plan.taps.run, delta.reshape(-1), chunks,
    )  # fmt: skip
    sum_chunks(shared(sum_part, tile.dtype), chunks)
    gather(shared(gather_part, tile.dtype), chunks[0], plan.table, out.reshape(-1))
