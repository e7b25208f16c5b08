"""Correlation with tiles over images: one pixel of several images at a time.

A tile over neighbouring pixels meets the zeros around an image as soon as one of its pixels does, and for that they
must be there, in a copy. On small images with wide filters half of all multiplications are by zero: an input gradient,
where the zeros are as wide as the filter less one, is the common case. One pixel meets the same entries of every image:
a tile of several images multiplies no zero, and reads the images where they lie.
"""

from typing import NamedTuple

import numpy as np

from chainrule.kernels.compiled.conv_geometry import Index
from chainrule.kernels.compiled.conv_loops import ImagesPlan, correlate_images, image_band, row_of_tiles
from chainrule.kernels.compiled.packing import Array, Table, bias_lanes, panel_table, panels_of
from chainrule.kernels.compiled.tile_choice import TileChoice, choose_tile
from chainrule.kernels.simd.call import code_address, packed_args
from chainrule.kernels.simd.parallel import TASKS, parallel_loop
from chainrule.kernels.simd.tile import Tile
from chainrule.shapes import Axis

__all__ = ["ImagesCorrelation", "images_correlation", "run_over_images"]

COPIED = 4  # numbers that a padded copy moves in a cycle, roughly: images of this size lie in a cache
GAIN = 0.85  # of the estimated cycles: a smaller difference is less than the model can tell


class ImagesCorrelation(NamedTuple):
    """A tile, the weights' table, and the packed `ImagesPlan`.

    taps: where a filter's rows lie. row_taps: which of them each output row meets. column_runs: which numbers of each
    run each output column meets.
    """

    tile: Tile
    table: Table
    taps: Index
    row_taps: Index
    column_runs: Index
    plan: Index


def met_entries(axis: Axis) -> Index:
    """(output, 2): entries of the window that lie on the input at each position, as (start, stop)."""
    position = np.arange(axis.output) * axis.stride - axis.before
    start = np.clip(-(position // axis.dilation), 0, axis.window)
    stop = np.clip(-((position - axis.size) // axis.dilation), start, axis.window)
    return np.stack((start, stop), axis=1).astype(np.int64)


def _quicker(rows: Axis, columns: Axis, M: int, C: int, K: int, dtype: str, cycles: float) -> TileChoice | None:
    """The tile for one pixel of several images, if it beats tiles over pixels by a margin."""
    met_rows, met_columns = np.diff(met_entries(rows)).sum(), np.diff(met_entries(columns)).sum()
    pixels = rows.output * columns.output
    choice = choose_tile(dtype, 1, M, K, int(C * met_rows * met_columns // pixels))
    padded = (rows.size + rows.before + rows.after) * (columns.size + columns.before + columns.after)
    copied = padded if padded > rows.size * columns.size else 0
    # Tiles over pixels leave out the zeros above and below an image, but need the copy with zeros around it.
    over_pixels = cycles * met_rows / (rows.output * rows.window) + copied * C / COPIED
    return choice if choice.cycles * pixels <= GAIN * M * over_pixels else None


def images_correlation(
    rows: Axis, columns: Axis, M: int, source: Index, relu: bool, dtype: str, cycles: float
) -> ImagesCorrelation | None:
    """What tiles over M images need, or None where tiles over pixels are as quick.

    `source` (steps, K) says which weight is in each step (r, s, c) and channel k. Tiles over pixels take so many cycles
    for an image if they multiply all zeros.
    """
    if columns.dilation > 1 or M < 2:  # a dilated row has no runs; a single image makes no tile
        return None
    C, K = len(source) // (rows.window * columns.window), source.shape[1]
    choice = _quicker(rows, columns, M, C, K, dtype, cycles)
    if choice is None:
        return None
    tile, W = choice.tile, columns.size
    panels = -(-K // tile.width)
    # Images first: a task then reads its weights for all of its images. Rows only where images are too few.
    image_bands = min(-(-M // tile.columns), -(-TASKS // panels))
    row_bands = min(rows.output, -(-TASKS // (image_bands * panels)))
    plan = ImagesPlan(
        nest=code_address(row_of_tiles, tile),
        step=tile.columns,
        width=tile.width,
        M=M,
        P=rows.output,
        Q=columns.output,
        K=K,
        image_bands=image_bands,
        row_bands=row_bands,
        panels=panels,
        x_offset=-(rows.before * W + columns.before) * C,
        x_image=rows.size * W * C,
        x_row=rows.stride * W * C,
        x_pixel=columns.stride * C,
        tap_count=rows.window,
        run=columns.window * C,
        relu=int(relu),
        tasks=image_bands * row_bands * panels,
        work=M * rows.output * columns.output * K * len(source) // 32,  # 32 multiply-adds in a nanosecond
    )
    taps = np.arange(rows.window, dtype=np.int64) * rows.dilation * W * C
    table = panel_table(source, tile.width)
    return ImagesCorrelation(tile, table, taps, met_entries(rows), met_entries(columns) * C, packed_args(plan))


def run_over_images(c: ImagesCorrelation, x: Array, w: Array, b: Array | None, y: Array) -> None:
    """Correlate x (M, H, W, C), where it lies, with w, and add b, to y (M, P, Q, K)."""
    lanes = -(-y.shape[3] // c.tile.width) * c.tile.width
    correlate_images(
        parallel_loop(image_band),
        c.plan,
        x.reshape(-1),
        c.taps,
        c.row_taps,
        c.column_runs,
        panels_of(w, c.table),
        bias_lanes(b, lanes, c.tile.dtype),
        y.reshape(-1),
    )
