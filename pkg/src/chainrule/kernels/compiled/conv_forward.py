"""Convolution on tiles.

With few output channels the lanes are shared by a group of neighbouring pixels, and the panel becomes banded: pixel j
of the group meets the filter shifted by j strides. Where too much of what tiles over pixels meet are the zeros around
an image, tiles over images are quicker (`conv_images`). A 1 x 1 convolution is a matrix product.
"""

from functools import lru_cache

import numpy as np

from chainrule.kernels import reference
from chainrule.kernels.compiled.conv_geometry import Index, extent, group_windows, row_taps, taps_of, x_strides
from chainrule.kernels.compiled.conv_images import ImagesCorrelation, images_correlation, run_over_images
from chainrule.kernels.compiled.correlation import Correlation, band_plan, run_correlation
from chainrule.kernels.compiled.matmul import dense
from chainrule.kernels.compiled.packing import Array, padded_image, panel_table
from chainrule.kernels.compiled.tile_choice import choose_tile, dtype_name
from chainrule.shapes import Axis

__all__ = ["conv"]


def _banded(rows: Axis, columns: Axis, group: int, C: int, K: int) -> Index:
    """Index into the filter for each (r, u, c) of a group's window and each lane (j, k): s = u - j * stride, or -1."""
    window = group_windows(columns)[group - 1]
    r, u, c, j, k = np.ogrid[: rows.window, :window, :C, :group, :K]
    s = u - j * columns.stride
    index = ((r * columns.window + s) * C + c) * K + k
    return np.where((s >= 0) & (s < columns.window), index, -1).reshape(rows.window * window * C, group * K)


@lru_cache(maxsize=64)
def _over_pixels(rows: Axis, columns: Axis, C: int, K: int, dtype: str) -> Correlation:
    windows = group_windows(columns)
    group, tile, cycles = choose_tile(dtype, rows.output, columns.output, K, rows.window * C, windows)
    taps = taps_of(rows, columns, windows[group - 1], C)
    source = _banded(rows, columns, group, C, K)
    # A filter of exactly one panel already lies as the tile reads it.
    table = None if group == 1 and tile.width == K else panel_table(source, tile.width)
    met = np.arange(rows.output)[:, None] * rows.stride + np.arange(rows.window) * rows.dilation - rows.before
    size = (rows.output, columns.output, group * K)
    return Correlation(tile, group, taps, row_taps(met, rows.size, taps), table, size, cycles)


@lru_cache(maxsize=64)
def _prepared(
    rows: Axis, columns: Axis, M: int, C: int, K: int, relu: bool, dtype: str
) -> tuple[Correlation, Index] | ImagesCorrelation:
    """All that depends on the shapes alone, by whichever tiles are quicker."""
    c = _over_pixels(rows, columns, C, K, dtype)
    source = _banded(rows, columns, 1, C, K)
    if by_images := images_correlation(rows, columns, M, source, relu, dtype, c.cycles):
        return by_images
    P, Q = rows.output, columns.output
    return c, band_plan(c, M, x_strides(rows, columns, C), (P * Q * K, Q * K, K), relu=int(relu))


def conv(x: Array, w: Array, b: Array | None, rows: Axis, columns: Axis, relu: bool, out: Array) -> None:
    """out[m, p, q, k] = b[k] + sum over r, s, c of x[m, p·stride + r·dilation, …, c] · w[r, s, c, k].

    Then max(0, ·) where `relu`; NaN stays NaN.
    """
    M, K, C = out.shape[0], out.shape[3], x.shape[3]
    if not out.size or not C:  # nothing but the bias
        reference.conv(x, w, b, rows, columns, relu, out)
        return
    if rows.pointwise and columns.pointwise:  # every pixel is a row of a matrix
        dense(x.reshape(-1, C), w.reshape(C, K), b, relu, out.reshape(-1, K))
        return
    prepared = _prepared(rows, columns, M, C, K, relu, dtype_name(x))
    if isinstance(prepared, ImagesCorrelation):
        run_over_images(prepared, x, w, b, out)
        return
    padded = padded_image("image", x, (rows.before, columns.before), (extent(rows), extent(columns)))
    run_correlation(*prepared, padded, w, b, out)
