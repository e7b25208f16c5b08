"""A correlation with tiles over pixels, prepared once for a shape: what forward pass and input gradient share."""

from typing import NamedTuple, TypeAlias

import numpy as np

from chainrule.kernels.compiled.conv_geometry import Index, Taps
from chainrule.kernels.compiled.conv_loops import BandPlan, correlate, correlate_band, row_of_tiles
from chainrule.kernels.compiled.packing import Array, Table, bias_lanes, panels_of
from chainrule.kernels.simd.call import code_address, packed_args
from chainrule.kernels.simd.parallel import TASKS, parallel_loop
from chainrule.kernels.simd.tile import Tile

__all__ = ["Correlation", "Strides", "band_plan", "run_correlation"]

Strides: TypeAlias = tuple[int, int, int]  # elements from one image, row, pixel to the next


class Correlation(NamedTuple):
    """A tile and the weights' table, for one geometry; `w` is used as it is where there is no table.

    row_taps: (P, 2), the first tap that output row p needs, and the one after the last. size: (P, Q, K) of the output,
    a group of pixels counted as one. cycles: of an image, estimated.
    """

    tile: Tile
    group: int
    taps: Taps
    row_taps: Index
    table: Table | None
    size: tuple[int, int, int]
    cycles: float


def band_plan(
    c: Correlation, M: int, x_strides: Strides, y_strides: Strides, y_offset: int = 0, relu: int = 0
) -> Index:
    """The packed `BandPlan` for M images; the first output lies at y_offset."""
    (P, Q, K), tile = c.size, c.tile
    panels = -(-K // tile.width)
    # As high bands as leave enough tasks: each panel of weights is then read for several rows while it is in the cache.
    band = tile.rows
    while band < P and M * panels * -(-P // (2 * band)) >= TASKS:
        band *= 2
    bands = -(-P // band)
    plan = BandPlan(
        nest=code_address(row_of_tiles, tile),
        tile_rows=tile.rows,
        step=tile.columns * c.group,
        group=c.group,
        width=tile.width,
        P=P,
        Q=Q,
        K=K,
        band=band,
        bands=bands,
        panels=panels,
        x_image=x_strides[0],
        x_row=x_strides[1],
        x_pixel=x_strides[2],
        tap_count=len(c.taps.offsets),
        run=c.taps.run,
        y_offset=y_offset,
        y_image=y_strides[0],
        y_row=y_strides[1],
        y_pixel=y_strides[2],
        relu=relu,
        tasks=M * bands * panels,
        work=M * P * Q * K * len(c.taps.offsets) * c.taps.run // 32,  # 32 multiply-adds in a nanosecond
    )
    return packed_args(plan)


def run_correlation(c: Correlation, plan: Index, x: Array, w: Array, b: Array | None, y: Array) -> None:
    """Correlate the padded images x with w, and add b, into y."""
    tile = c.tile
    lanes = -(-c.size[2] // tile.width) * tile.width
    correlate(
        parallel_loop(correlate_band),
        plan,
        x.reshape(-1),
        c.taps.offsets,
        c.row_taps,
        panels_of(w, c.table),
        bias_lanes(b, lanes, tile.dtype),
        np.reshape(y, -1),
    )
