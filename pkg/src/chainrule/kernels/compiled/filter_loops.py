"""The loop nest over tiles from which every filter gradient is made: products of images with deltas, summed.

A tile is a few taps ("rows" of the tile) and channels of their runs ("columns") times a vector of output channels. Its
sums stay in registers over all positions of a few rows of delta; then they are added to the sums of a chunk in memory.
"""

from typing import NamedTuple

from chainrule.kernels.simd.call import address, as_array, call, load_args, load_int, store_args
from chainrule.kernels.simd.copying import zero
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import TASKS, parallel_for
from chainrule.kernels.simd.tile import add_to, multiply_add, zero_sums

__all__ = ["ChunkPlan", "product", "product_chunk", "product_tile", "sum_band", "sum_chunks"]


class TileArgs(NamedTuple):
    """One tile of a filter gradient, over rows x columns positions; strides from row to row, from column to column."""

    x: int
    x_offset: int
    x_row: int
    x_column: int
    x_tap: int
    delta: int
    delta_offset: int
    delta_row: int
    delta_column: int
    rows: int
    columns: int
    sums: int
    sums_offset: int
    channels: int


@jit
def product_tile(tile, args):
    """One tile of a filter gradient: a few taps and channels of x, times delta, summed over all positions."""
    a = load_args(TileArgs, args)
    sums = zero_sums(tile)
    for p in range(a.rows):
        for q in range(a.columns):
            # The tile's "pixels" are entries of the filter here, and delta takes the place of the weights.
            x_offset = a.x_offset + p * a.x_row + q * a.x_column
            delta_offset = a.delta_offset + p * a.delta_row + q * a.delta_column
            sums = multiply_add(tile, sums, a.x, x_offset, a.x_tap, 1, a.delta, delta_offset, a.channels)
    add_to(tile, sums, a.sums, a.sums_offset)


class ChunkPlan(NamedTuple):
    """A filter gradient but for its arrays: `rows` rows of all images, P of them in each, of Q pixels of K channels.

    A task is a chunk of the rows; it takes a block of `block` rows at a time, so that they stay in the cache while all
    tiles pass over them. `nest` is the code of `product_tile` for a tile of `tile_taps` taps at distance `x_tap`,
    `tile_run` numbers of each run, and `width` channels.
    """

    nest: int
    tile_taps: int
    tile_run: int
    width: int
    rows: int  # of all images together
    P: int
    Q: int
    K: int
    block: int
    x_image: int
    x_row: int
    x_pixel: int
    x_tap: int
    tap_tiles: int
    run: int
    run_tiles: int  # tiles along a run
    panels: int
    size: int  # sums of a chunk
    tasks: int
    work: int


class ChunkArgs(NamedTuple):
    """Addresses of a `ChunkPlan` and of the arrays."""

    plan: int
    x: int
    taps: int
    delta: int
    chunks: int


@jit
def product_chunk(tile, task, args):
    """One chunk: the sums of all tiles over its rows, in order, a block of rows at a time."""
    a = load_args(ChunkArgs, args)
    plan = load_args(ChunkPlan, a.plan)
    row, row_stop = plan.rows * task // plan.tasks, plan.rows * (task + 1) // plan.tasks
    zero(tile, a.chunks, task * plan.size, plan.size)
    while row < row_stop:
        m = row // plan.P
        p = row - m * plan.P
        # A block ends with its image: rows of two images are not `x_row` apart.
        rows = min(plan.block, min(plan.P - p, row_stop - row))
        number = 0
        for panel in range(plan.panels):
            for tap_tile in range(plan.tap_tiles):
                for run_tile in range(plan.run_tiles):
                    # The last tile of a run overlaps its neighbour; `conv_filter_gradient` knows whose sums count.
                    within = min(run_tile * plan.tile_run, plan.run - plan.tile_run)
                    tap = load_int(a.taps, tap_tile * plan.tile_taps) + within
                    tile_args = TileArgs(
                        x=a.x,
                        x_offset=m * plan.x_image + p * plan.x_row + tap,
                        x_row=plan.x_row,
                        x_column=plan.x_pixel,
                        x_tap=plan.x_tap,
                        delta=a.delta,
                        delta_offset=row * plan.Q * plan.K + panel * plan.width,
                        delta_row=plan.Q * plan.K,
                        delta_column=plan.K,
                        rows=rows,
                        columns=plan.Q,
                        sums=a.chunks,
                        sums_offset=task * plan.size + number * plan.tile_taps * plan.tile_run * plan.width,
                        channels=plan.K - panel * plan.width,
                    )
                    call(plan.nest, (store_args(tile_args),))
                    number += 1
        row += rows


@jit
def product(loop, packed_plan, x, taps, delta, chunks):
    """chunks[c] = for each tile the sums of x * delta over the rows of chunk c; `packed_plan` is a `ChunkPlan`.

    The rows are divided among the chunks in a way that does not depend on the number of threads, and each chunk is
    summed in order.
    """
    plan = load_args(ChunkPlan, address(packed_plan))
    record = ChunkArgs(
        plan=address(packed_plan), x=address(x), taps=address(taps), delta=address(delta), chunks=address(chunks)
    )
    parallel_for(loop, plan.tasks, plan.work, store_args(record))


class SumArgs(NamedTuple):
    """`chunk_count` chunks of `size` numbers, one after the other."""

    chunks: int
    chunk_count: int
    size: int


@jit
def sum_band(tile, task, args):
    """A band of chunks[0] = sum of all chunks, in their order."""
    a = load_args(SumArgs, args)
    values = as_array(tile, a.chunks, a.chunk_count * a.size)
    start, stop = a.size * task // TASKS, a.size * (task + 1) // TASKS
    total = values[start:stop]
    # Chunk by chunk, so that each entry adds in the same order whatever band it is in.
    for c in range(1, a.chunk_count):
        chunk = values[c * a.size + start : c * a.size + stop]
        for i in range(stop - start):
            total[i] += chunk[i]


@jit
def sum_chunks(loop, chunks):
    """chunks[0] = sum of all chunks."""
    chunk_count, size = chunks.shape
    record = SumArgs(chunks=address(chunks), chunk_count=chunk_count, size=size)
    parallel_for(loop, TASKS, chunk_count * size // 8, store_args(record))  # 8 numbers in a nanosecond
