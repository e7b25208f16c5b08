"""Correlation with tiles over images: one pixel of several images at a time.

A tile over neighbouring pixels meets the zeros around an image as soon as one of its pixels does, and for that they
must be there, in a copy. On small images with wide filters half of all multiplications are by zero: an input gradient,
where the zeros are as wide as the filter less one, is the common case. One pixel meets the same entries of every image:
a tile of several images multiplies no zero, and reads the images where they lie.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chainrule.kernels.compiled.conv_loops import correlate_images, correlate_images_band, window_tiles
from chainrule.kernels.compiled.matmul import in_lanes
from chainrule.kernels.compiled.packing import Array, Table, packed, panels_of
from chainrule.kernels.compiled.tile_choice import choose
from chainrule.kernels.simd.call import compiled
from chainrule.kernels.simd.parallel import TASKS, shared
from chainrule.kernels.simd.tile import Tile
from chainrule.shapes import Axis

__all__ = ["ImagesPlan", "quicker_by_images", "run_by_images"]

COPIED = 4  # numbers that a padded copy moves in a cycle
GAIN = 0.85  # of the estimated cycles: less of a difference the model cannot tell


class ImagesPlan(NamedTuple):
    """A tile and the weights' table; where a filter's rows lie, what each row and column meets of them."""

    tile: Tile
    table: Table
    taps: npt.NDArray[np.int64]
    down: npt.NDArray[np.int64]
    across: npt.NDArray[np.int64]


def met_entries(axis: Axis) -> npt.NDArray[np.int64]:
    """(output, 2): for each position the first entry of the window that lies on the input, and the last one's next."""
    position = np.arange(axis.output) * axis.stride - axis.before
    first = np.clip(-(position // axis.dilation), 0, axis.window)
    end = np.clip(-((position - axis.size) // axis.dilation), first, axis.window)
    return np.stack((first, end), axis=1).astype(np.int64)


def quicker_by_images(
    rows: Axis, columns: Axis, M: int, source: npt.NDArray[np.int64], dtype: str, cycles: float
) -> ImagesPlan | None:
    """The plan for M images, if it beats tiles over pixels by a margin.

    `source` says which weight is in each step (r, s, c) and lane k. Tiles over pixels take so many cycles for an image
    if they multiply all zeros, and need a copy of it with zeros around it.
    """
    if columns.dilation > 1 or M < 2:
        return None
    C, K = len(source) // (rows.window * columns.window), source.shape[1]
    down, across = met_entries(rows), met_entries(columns)
    met_down, met_across, pixels = np.diff(down).sum(), np.diff(across).sum(), rows.output * columns.output
    choice = choose(dtype, 1, M, K, int(C * met_down * met_across // pixels), (1,))
    padded = (rows.size + rows.before + rows.after) * (columns.size + columns.before + columns.after)
    copied = padded if padded > rows.size * columns.size else 0
    by_pixels = cycles * met_down / (rows.output * rows.window) + copied * C / COPIED
    if choice.cycles * pixels > GAIN * M * by_pixels:
        return None
    taps = np.arange(rows.window, dtype=np.int64) * rows.dilation * columns.size * C
    table = panels_of(source, choice.tile.width)
    return ImagesPlan(choice.tile, table, taps, down, across * C)


def run_by_images(
    plan: ImagesPlan, rows: Axis, columns: Axis, x: Array, w: Array, b: Array | None, relu: bool, y: Array
) -> None:
    """Correlate x (M, H, W, C), where it lies, with w to y (M, P, Q, K)."""
    (M, H, W, C), K = x.shape, y.shape[3]
    width, step = plan.tile.width, plan.tile.columns
    count = -(-K // width)
    bands = min(-(-M // step), -(-TASKS // count))
    parts = min(rows.output, -(-TASKS // (bands * count)))
    correlate_images(
        shared(correlate_images_band), compiled(window_tiles, plan.tile), step, width, y.shape, bands, parts,
        x.reshape(-1), -(rows.before * W + columns.before) * C, (H * W * C, rows.stride * W * C, columns.stride * C),
        plan.taps, columns.window * C, plan.down, plan.across,
        packed(plan.table, w), in_lanes(b, count * width, plan.tile.dtype), int(relu), y.reshape(-1),
    )  # fmt: skip
