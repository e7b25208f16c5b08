"""Matrix products on tiles: dense layers with their gradients, and convolutions of 1 x 1.

y (M, K) = b + x (M, D) · w (D, K). A tile is a few rows of y times a panel of its columns. Where w's rows are short its
columns are read where they lie; else each task lays out the panel that it needs.
"""

from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels.compiled.packing import PanelArgs, bias_lanes, pack_panel
from chainrule.kernels.compiled.tile_choice import choose_tile, dtype_name
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.call import address, call, code_address, load_args, packed_args, store_args
from chainrule.kernels.simd.copying import copy, zero
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import TASKS, parallel_for, parallel_loop
from chainrule.kernels.simd.tile import Tile, load_bias, multiply_add, store

__all__ = ["dense", "dense_grad_input", "dense_grad_weight"]

Array: TypeAlias = npt.NDArray[np.floating]

IN_PLACE = 1024  # bytes of a row of weights: columns of longer ones fall into a few sets of the cache, and evict others
TILES_PER_PANEL = 4  # at least, of a task that lays out its panel first: fewer would not pay for it


class ColumnArgs(NamedTuple):
    """A column of tiles: `rows` rows of y, `step` in a tile; `x_step` and `w_step` from one of D terms to the next."""

    x: int
    x_offset: int
    x_row: int
    x_step: int  # from one term of the sum to the next
    w: int
    w_offset: int
    w_step: int
    D: int
    b: int
    b_offset: int
    y: int
    y_offset: int
    y_row: int
    rows: int
    step: int
    channels: int  # columns of y from here on: a tile may be wider
    relu: int


@jit
def column_of_tiles(tile, args):
    """A column of tiles of a matrix product: y[i, :] = b + sum over d of x[i, d] * w[d, :], for `rows` rows i."""
    a = load_args(ColumnArgs, args)
    for top in range(0, a.rows, a.step):
        # The last tile overlaps its neighbour and computes the same again.
        i = min(top, a.rows - a.step)
        x_d, w_d = a.x_offset + i * a.x_row, a.w_offset
        sums = load_bias(tile, a.b, a.b_offset)
        for _ in range(a.D):
            sums = multiply_add(tile, sums, a.x, x_d, a.x_row, 0, a.w, w_d, a.channels)
            x_d += a.x_step
            w_d += a.w_step
        store(tile, sums, a.y, a.y_offset + i * a.y_row, a.y_row, 0, a.channels, a.relu)


class ProductPlan(NamedTuple):
    """A matrix product (M, D) · (D, K) but for its arrays.

    A task is a band of rows for one panel of `width` columns. `nest` is the code of `column_of_tiles` for a tile of
    `tile_rows` rows, `packing` that of `pack_panel`; without `packed`, w is read in place.
    Strides are in elements: of x from row to row and from one step of the sum to the next, of w from step to step and
    from lane to lane.
    """

    nest: int
    packing: int
    packed: int  # whether each task lays out its panel first
    lanes: int  # of a vector of the tile
    tile_rows: int
    width: int
    M: int
    D: int
    K: int
    bands: int
    panels: int
    x_row: int
    x_step: int  # of x and xᵀ alike: a transposed matrix has other strides, no copy
    w_row: int
    w_lane: int
    relu: int
    tasks: int
    work: int


class ProductArgs(NamedTuple):
    """Addresses of a `ProductPlan` and of the arrays; `panels` has room for one panel of each task."""

    plan: int
    x: int
    w: int
    panels: int
    b: int
    y: int


@jit
def pack_columns(tile, packed_plan, w, w_offset, panel, panel_offset):
    """Lay out the columns of w from w_offset on as a panel."""
    plan = load_args(ProductPlan, packed_plan)
    columns = min(plan.width, plan.K)
    if columns == plan.width and (plan.w_lane == 1 or plan.lanes <= plan.D):
        panel_args = PanelArgs(
            w=w,
            w_offset=w_offset,
            w_row=plan.w_row,
            w_lane=plan.w_lane,
            panel=panel,
            panel_offset=panel_offset,
            steps=plan.D,
            lanes=plan.lanes,
        )
        call(plan.packing, (store_args(panel_args),))
        return
    # Fewer columns than lanes, or fewer rows than a square has: number by number.
    for d in range(plan.D):
        row = panel_offset + d * plan.width
        for i in range(columns):
            copy(tile, w, w_offset + d * plan.w_row + i * plan.w_lane, panel, row + i, 1)
        zero(tile, panel, row + columns, plan.width - columns)


@jit
def multiply_band(tile, task, args):
    """A band of rows for a panel of columns; the last tiles, and the last panel, overlap their neighbours.

    Where w cannot be read in place, each task lays out its panel first, in memory of its own: that takes less time than
    to wait for a thread that does it for all.
    """
    a = load_args(ProductArgs, args)
    plan = load_args(ProductPlan, a.plan)
    band, panel, tiles = task // plan.panels, task % plan.panels, (plan.M + plan.tile_rows - 1) // plan.tile_rows
    start, stop = (
        tiles * band // plan.bands * plan.tile_rows,
        min(plan.M, tiles * (band + 1) // plan.bands * plan.tile_rows),
    )
    # A band moves back where it is lower than a tile, a panel where it would reach beyond the last column.
    start, k = min(start, plan.M - plan.tile_rows), max(0, min(panel * plan.width, plan.K - plan.width))
    w, w_offset, w_step = a.w, k * plan.w_lane, plan.w_row
    if plan.packed:
        w, w_offset, w_step = a.panels, task * plan.D * plan.width, plan.width
        pack_columns(tile, a.plan, a.w, k * plan.w_lane, w, w_offset)
    column_args = ColumnArgs(
        x=a.x,
        x_offset=start * plan.x_row,
        x_row=plan.x_row,
        x_step=plan.x_step,
        w=w,
        w_offset=w_offset,
        w_step=w_step,
        D=plan.D,
        b=a.b,
        b_offset=k,
        y=a.y,
        y_offset=start * plan.K + k,
        y_row=plan.K,
        rows=stop - start,
        step=plan.tile_rows,
        channels=plan.K - k,
        relu=plan.relu,
    )
    call(plan.nest, (store_args(column_args),))


@jit
def multiply(loop, packed_plan, x, w, panels, b, y):
    """y = x · w + b, then max(0, ·) where the plan says so; `packed_plan` is a `ProductPlan`, the others are flat."""
    plan = load_args(ProductPlan, address(packed_plan))
    record = ProductArgs(
        plan=address(packed_plan), x=address(x), w=address(w), panels=address(panels), b=address(b), y=address(y)
    )
    parallel_for(loop, plan.tasks, plan.work, store_args(record))


class Product(NamedTuple):
    """A packed `ProductPlan`, the lanes of all panels, and how many numbers the panels of all tasks take."""

    plan: npt.NDArray[np.int64]
    lanes: int
    room: int


class Layout(NamedTuple):
    """Elements of x and w from row to row, and from column to column."""

    x_row: int
    x_step: int
    w_row: int
    w_lane: int


@lru_cache(maxsize=256)
def _product(M: int, D: int, K: int, layout: Layout, relu: bool, dtype: str) -> Product:
    tile = choose_tile(dtype, M, 1, K, D).tile
    # In place only rows of K numbers, and short ones.
    packed = (layout.w_row, layout.w_lane) != (K, 1) or K * np.dtype(dtype).itemsize > IN_PLACE
    if not packed and tile.width > K:
        tile = Tile(dtype, tile.rows, tile.columns, tile.vectors, tile.lanes, masked=True)
    panels = -(-K // tile.width)
    smallest = tile.rows * (TILES_PER_PANEL if packed else 1)
    bands = min(-(-TASKS * tile.width // K), -(-M // smallest))
    panel_tile = Tile(dtype, 1, 1, tile.vectors, tile.lanes)
    plan = ProductPlan(
        nest=code_address(column_of_tiles, tile),
        packing=code_address(pack_panel, panel_tile) if packed else 0,
        packed=int(packed),
        lanes=tile.lanes,
        tile_rows=tile.rows,
        width=tile.width,
        M=M,
        D=D,
        K=K,
        bands=bands,
        panels=panels,
        relu=int(relu),
        tasks=bands * panels,
        work=M * D * K // 32,  # 32 multiply-adds in a nanosecond
        **layout._asdict(),
    )
    return Product(packed_args(plan), panels * tile.width, bands * panels * D * tile.width if packed else 1)


def _multiply(
    x: Array, w: Array, size: tuple[int, int, int], layout: Layout, out: Array, b: Array | None, relu: bool
) -> None:
    """out = x · w + b with size (M, D, K), for an x and a w that lie as `layout` says."""
    if not out.size:
        return
    dtype = dtype_name(x)
    product = _product(*size, layout, relu, dtype)
    multiply(
        parallel_loop(multiply_band, dtype),
        product.plan,
        x.reshape(-1),
        w.reshape(-1),
        scratch("panels", (product.room,), w.dtype),
        bias_lanes(b, product.lanes, dtype),
        out.reshape(-1),
    )


def dense(x: Array, w: Array, b: Array | None, relu: bool, out: Array) -> None:
    """out = x · w + b with x (M, D), w (D, K), then max(0, ·) where `relu`; NaN stays NaN."""
    (M, D), K = x.shape, w.shape[1]
    _multiply(x, w, (M, D, K), Layout(D, 1, K, 1), out, b, relu)


def dense_grad_input(delta: Array, w: Array, out: Array) -> None:
    """out = delta · wᵀ with delta (M, K)."""
    (M, K), D = delta.shape, w.shape[0]
    _multiply(delta, w, (M, K, D), Layout(K, 1, 1, K), out, None, False)


def dense_grad_weight(x: Array, delta: Array, out: Array) -> None:
    """out = xᵀ · delta; a tile reads its rows of xᵀ, columns of x, where they lie."""
    (M, D), K = x.shape, delta.shape[1]
    _multiply(x, delta, (D, M, K), Layout(1, D, K, 1), out, None, False)
