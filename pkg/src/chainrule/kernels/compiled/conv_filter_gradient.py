"""The filter gradient of a convolution on tiles: sums of x times delta over all images and positions.

A tile holds a few taps and input channels times a vector of output channels. The rows of all images are divided into a
fixed number of chunks, whatever the number of threads, and the chunks' sums are added in order: the result is the same
to the bit.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from chainrule.kernels.compiled.conv_geometry import MOST_GROUP, Index, Taps, extent, taps_of, x_strides
from chainrule.kernels.compiled.filter_loops import (
    ChunkPlan,
    product,
    product_chunk,
    product_tile,
    sum_band,
    sum_chunks,
)
from chainrule.kernels.compiled.packing import Array, Table, gather_into, padded_image
from chainrule.kernels.compiled.tile_choice import choose_tile, dtype_name, step_cycles
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.call import code_address, packed_args
from chainrule.kernels.simd.parallel import parallel_loop
from chainrule.kernels.simd.tile import Tile
from chainrule.shapes import Axis

__all__ = ["conv_grad_filter"]

CHUNKS = 8  # enough for as many threads, few enough to add up
CACHE = 40_000  # bytes of images that all tiles pass over before the next: about a first-level cache (32 to 48 KB)
WORTH = 0.97  # of the cost: a larger group that saves less than 3 % is not worth its wider window


class FilterTiles(NamedTuple):
    """A filter gradient: the tile, the group of pixels in its lanes, the taps, and where each weight's sums are."""

    tile: Tile
    group: int
    taps: Taps
    table: Table


def _cover(size: int, step: int) -> int:
    """How many steps cover a size."""
    return -(-size // step)


def _filter_group(columns: Axis, K: int, C: int, dtype: str) -> int:
    """How many neighbouring output pixels share the lanes; it must divide the row."""
    if columns.dilation > 1:
        return 1
    best, best_cost = 1, float("inf")
    for group in range(1, min(columns.output, MOST_GROUP) + 1):
        if columns.output % group:
            continue
        tile = choose_tile(dtype, 1, columns.window * C, group * K, 1, masked=True).tile
        if group > 1 and group * K > tile.lanes:
            break
        # Vectors for each pixel and filter row: the group's window times the vectors that its lanes take.
        window = (group - 1) * columns.stride + columns.window
        cost = window * _cover(group * K, tile.width) * tile.vectors / group
        if cost < best_cost * WORTH:
            best, best_cost = group, cost
    return best


def _filter_cost(tile: Tile, taps: Taps, lanes: int) -> float:
    """Cycles for each position of delta."""
    tiles = _cover(lanes, tile.width) * len(taps.offsets) // tile.rows * _cover(taps.run, tile.columns)
    return tiles * step_cycles(tile.pixels, tile.vectors)


@lru_cache(maxsize=64)
def _tiles(rows: Axis, columns: Axis, C: int, K: int, dtype: str) -> FilterTiles:
    group = _filter_group(columns, K, C, dtype)
    taps = taps_of(rows, columns, (group - 1) * columns.stride + columns.window, C)
    # A tile takes one tap, or several at even distance, as many as divide them: no tile is left over.
    counts = [count for count in range(1, taps.even + 1) if taps.even % count == 0]
    positions = rows.output * columns.output
    choices = [choose_tile(dtype, count, taps.run, group * K, positions, masked=True).tile for count in counts]
    fitting = [tile for tile in choices if taps.even % tile.rows == 0]
    tile = min(fitting, key=lambda tile: _filter_cost(tile, taps, group * K))
    return FilterTiles(tile, group, taps, _positions(rows, columns, C, K, group, taps, tile))


def _positions(rows: Axis, columns: Axis, C: int, K: int, group: int, taps: Taps, tile: Tile) -> Table:
    """Where the sums of weight (r, s, c, k) are: for pixel j of the group at u = s + j · stride in its window."""
    r, s, c, k, j = np.ogrid[: rows.window, : columns.window, :C, :K, :group]
    u = s + j * columns.stride
    # 1. Which tap meets the weight, and where in its run.
    tap, entry = (r, u * C + c) if columns.dilation == 1 else (r * columns.window + s, c)
    # 2. Which tile along the run has it. The last one overlaps its neighbour: what both have is read from the last but
    #    one, which computes it as well.
    run_tiles = _cover(taps.run, tile.columns)
    run_tile = np.minimum(entry // tile.columns, run_tiles - 1)
    within = entry - np.minimum(run_tile * tile.columns, taps.run - tile.columns)
    # 3. The tile's number in the order of `product_chunk`: panels, then taps, then the run.
    lane = j * K + k
    number = (lane // tile.width * (len(taps.offsets) // tile.rows) + tap // tile.rows) * run_tiles + run_tile
    # 4. The entry of the tile, and the lane in it.
    pixel = tap % tile.rows * tile.columns + within
    position = (number * tile.pixels + pixel) * tile.width + lane % tile.width
    shape = (rows.window, columns.window, C, K, group)
    return np.ascontiguousarray(np.broadcast_to(position, shape)).reshape(-1, group)


class Prepared(NamedTuple):
    """All that depends on the shapes alone; `chunks` is the shape of the partial sums."""

    tiles: FilterTiles
    plan: Index
    chunks: tuple[int, int]


@lru_cache(maxsize=64)
def _prepared(rows: Axis, columns: Axis, M: int, C: int, K: int, dtype: str) -> Prepared:
    f = _tiles(rows, columns, C, K, dtype)
    tile, taps, P, Q = f.tile, f.taps, rows.output, columns.output
    x_image, x_row, x_pixel = x_strides(rows, columns, C)
    panels, run_tiles = _cover(f.group * K, tile.width), _cover(taps.run, tile.columns)
    tap_tiles = len(taps.offsets) // tile.rows
    chunks = min(CHUNKS, M * P), panels * tap_tiles * run_tiles * tile.pixels * tile.width
    itemsize = np.dtype(dtype).itemsize
    plan = ChunkPlan(
        nest=code_address(product_tile, tile),
        tile_taps=tile.rows,
        tile_run=tile.columns,
        width=tile.width,
        rows=M * P,
        P=P,
        Q=Q // f.group,
        K=f.group * K,  # a group of pixels counts as one with all their channels
        block=max(1, CACHE // ((Q * K + x_row) * itemsize)),
        x_image=x_image,
        x_row=x_row,
        x_pixel=f.group * x_pixel,
        x_tap=int(taps.offsets[1] - taps.offsets[0]) if tile.rows > 1 else 0,
        tap_tiles=tap_tiles,
        run=taps.run,
        run_tiles=run_tiles,
        panels=panels,
        size=chunks[1],
        tasks=chunks[0],
        work=M * P * Q * K * len(taps.offsets) * taps.run // 32,  # 32 multiply-adds in a nanosecond
    )
    return Prepared(f, packed_args(plan), chunks)


def conv_grad_filter(x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """out[r, s, c, k] = sum over m, p, q of x[m, p·stride + r·dilation, …, c] · delta[m, p, q, k], in a fixed order."""
    M, K, C = delta.shape[0], delta.shape[3], x.shape[3]
    if not out.size or not M:
        out[...] = 0
        return
    prepared = _prepared(rows, columns, M, C, K, dtype_name(x))
    f, dtype = prepared.tiles, prepared.tiles.tile.dtype
    padded = padded_image("image", x, (rows.before, columns.before), (extent(rows), extent(columns)))
    chunks = scratch("chunks", prepared.chunks, x.dtype)
    product(
        parallel_loop(product_chunk, dtype),
        prepared.plan,
        padded.reshape(-1),
        f.taps.offsets,
        delta.reshape(-1),
        chunks,
    )
    sum_chunks(parallel_loop(sum_band, dtype), chunks)
    gather_into(out, chunks[0], f.table)
