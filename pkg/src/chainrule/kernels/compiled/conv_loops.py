"""Two loop nests over tiles, from which every convolution and its input gradients are made.

Both compute, for each output pixel and channel,

    y[m, p, q, k] = b[k] + sum over taps t and positions r of a run of x[taps[t] + r + pixel's offset] * w[k][t, r]

A tap is where a row of the filter meets the image, a run is the adjacent numbers that it meets there. `correlate` takes
tiles over neighbouring pixels of an image, `correlate_images` over one pixel of several images.
"""

from typing import NamedTuple

from chainrule.kernels.simd.call import address, call, load_args, load_int, store_args
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import parallel_for
from chainrule.kernels.simd.tile import load_bias, multiply_add, store, width

__all__ = ["BandPlan", "ImagesPlan", "correlate", "correlate_band", "correlate_images", "image_band", "row_of_tiles"]


class RowArgs(NamedTuple):
    """One row of tiles: `step` of the Q output pixels in each, in groups of `group`, `channels` numbers in a pixel.

    `x` is an address, and `x_offset` where in it the window of the first pixel begins; `y` likewise.
    """

    x: int
    x_offset: int
    x_row: int  # from one row of the tile to the next
    x_pixel: int  # from one output pixel to the next
    taps: int
    tap_start: int
    tap_stop: int
    run: int
    run_start: int  # numbers of each run that are met: fewer than all at the sides of an image
    run_stop: int
    w: int
    w_offset: int
    b: int
    b_offset: int
    y: int
    y_offset: int
    y_row: int
    y_pixel: int
    channels: int
    Q: int
    step: int
    group: int
    relu: int  # 0 or 1, like all flags


@jit
def row_of_tiles(tile, args):
    """A row of tiles of a correlation, from left to right; see `RowArgs`."""
    a = load_args(RowArgs, args)
    for left in range(0, a.Q, a.step):
        # The last tile overlaps its neighbour and computes the same again: no loop for what is left over.
        q = min(left, a.Q - a.step)
        # 1. All sums of the tile begin at the bias, in registers. Nothing is stored until step 4.
        sums = load_bias(tile, a.b, a.b_offset)
        # 2. Filter row by filter row: where its run begins in the image, and its weights in the panel.
        for t in range(a.tap_start, a.tap_stop):
            x_run = a.x_offset + q * a.x_pixel + load_int(a.taps, t)
            w_run = a.w_offset + t * a.run * width(tile)
            # 3. Number by number along the run: one of each pixel, times one row of the panel. Here the time goes:
            #    vectors + pixels loads for vectors x pixels multiply-adds.
            for r in range(a.run_start, a.run_stop):
                w_r = w_run + r * width(tile)
                sums = multiply_add(tile, sums, a.x, x_run + r, a.x_row, a.group * a.x_pixel, a.w, w_r, a.channels)
        # 4. Every output is written once, after ReLU.
        store(tile, sums, a.y, a.y_offset + q * a.y_pixel, a.y_row, a.group * a.y_pixel, a.channels, a.relu)


class BandPlan(NamedTuple):
    """A correlation with tiles over pixels, but for its arrays: M images of P rows of Q pixels of K channels.

    A task is a band of `band` rows of an image, for one panel of output channels; an image has `bands`. `nest` is the
    code of `row_of_tiles` for a tile of `tile_rows` rows and `step` pixels in groups of `group`, `width` channels wide.
    Strides are in elements. `work` is in nanoseconds of one thread.
    """

    nest: int
    tile_rows: int
    step: int
    group: int
    width: int
    P: int
    Q: int
    K: int
    band: int  # output rows of a band
    bands: int
    panels: int
    x_image: int
    x_row: int
    x_pixel: int
    tap_count: int  # of a panel, needed to find the next one
    run: int
    y_offset: int  # the first output: a phase of an input gradient does not begin at 0
    y_image: int
    y_row: int
    y_pixel: int
    relu: int
    tasks: int
    work: int


class BandArgs(NamedTuple):
    """Addresses of a `BandPlan` and of the arrays; row p needs taps row_taps[p, 0] to row_taps[p, 1] - 1."""

    plan: int
    x: int
    taps: int
    row_taps: int
    w: int
    b: int
    y: int


@jit
def correlate_band(tile, task, args):
    """A band of rows of an image, for a panel of output channels. The last tiles overlap, as in a row."""
    a = load_args(BandArgs, args)
    plan = load_args(BandPlan, a.plan)
    # Panels change fastest: tasks that follow each other read the same pixels.
    m = task // (plan.bands * plan.panels)
    panel = task % plan.panels
    start = task // plan.panels % plan.bands * plan.band
    for top in range(start, min(start + plan.band, plan.P), plan.tile_rows):
        p = min(top, plan.P - plan.tile_rows)
        # The taps that any row of the tile needs; the others meet only zeros above or below the image.
        tap_start, tap_stop = load_int(a.row_taps, 2 * p), load_int(a.row_taps, 2 * p + 1)
        for row in range(p + 1, p + plan.tile_rows):
            tap_start = min(tap_start, load_int(a.row_taps, 2 * row))
            tap_stop = max(tap_stop, load_int(a.row_taps, 2 * row + 1))
        row_args = RowArgs(
            x=a.x,
            x_offset=m * plan.x_image + p * plan.x_row,
            x_row=plan.x_row,
            x_pixel=plan.x_pixel,
            taps=a.taps,
            tap_start=tap_start,
            tap_stop=tap_stop,
            run=plan.run,
            run_start=0,
            run_stop=plan.run,
            w=a.w,
            w_offset=panel * plan.tap_count * plan.run * plan.width,
            b=a.b,
            b_offset=panel * plan.width,
            y=a.y,
            y_offset=plan.y_offset + m * plan.y_image + p * plan.y_row + panel * plan.width,
            y_row=plan.y_row,
            y_pixel=plan.y_pixel,
            channels=plan.K - panel * plan.width,
            Q=plan.Q,
            step=plan.step,
            group=plan.group,
            relu=plan.relu,
        )
        call(plan.nest, (store_args(row_args),))


@jit
def correlate(loop, packed_plan, x, taps, row_taps, w, b, y):
    """A correlation with tiles over pixels; `packed_plan` is a `BandPlan`, the others are flat arrays."""
    plan = load_args(BandPlan, address(packed_plan))
    record = BandArgs(
        plan=address(packed_plan),
        x=address(x),
        taps=address(taps),
        row_taps=address(row_taps),
        w=address(w),
        b=address(b),
        y=address(y),
    )
    parallel_for(loop, plan.tasks, plan.work, store_args(record))


class ImagesPlan(NamedTuple):
    """A correlation with tiles over images, but for its arrays: M images of P x Q pixels of K channels.

    A task is a band of images, `step` of them in a tile, and a band of their rows, for one panel of output channels.
    """

    nest: int
    step: int
    width: int
    M: int
    P: int
    Q: int
    K: int
    image_bands: int
    row_bands: int
    panels: int
    x_offset: int  # negative where the window begins in the padding, which no tap reads
    x_image: int
    x_row: int
    x_pixel: int
    tap_count: int
    run: int
    relu: int
    tasks: int
    work: int


class ImagesArgs(NamedTuple):
    """Addresses of an `ImagesPlan` and of the arrays.

    Row p needs taps row_taps[p, 0] to row_taps[p, 1] - 1, and column q the numbers column_runs[q, 0] to
    column_runs[q, 1] - 1 of each run.
    """

    plan: int
    x: int
    taps: int
    row_taps: int
    column_runs: int
    w: int
    b: int
    y: int


@jit
def image_band(tile, task, args):
    """A band of images and a band of their rows, pixel by pixel, for a panel of output channels."""
    a = load_args(ImagesArgs, args)
    plan = load_args(ImagesPlan, a.plan)
    panel, row_band = task % plan.panels, task // plan.panels % plan.row_bands
    band = task // (plan.panels * plan.row_bands)
    # Bands are whole tiles; the last one moves back, to overlap its neighbour.
    tiles = (plan.M + plan.step - 1) // plan.step
    m, m_stop = (
        tiles * band // plan.image_bands * plan.step,
        min(plan.M, tiles * (band + 1) // plan.image_bands * plan.step),
    )
    m = min(m, plan.M - plan.step)
    for p in range(plan.P * row_band // plan.row_bands, plan.P * (row_band + 1) // plan.row_bands):
        for q in range(plan.Q):
            # A "row of tiles" whose neighbouring pixels are the same pixel of the next images.
            row_args = RowArgs(
                x=a.x,
                x_offset=plan.x_offset + m * plan.x_image + p * plan.x_row + q * plan.x_pixel,
                x_row=0,
                x_pixel=plan.x_image,
                taps=a.taps,
                tap_start=load_int(a.row_taps, 2 * p),
                tap_stop=load_int(a.row_taps, 2 * p + 1),
                run=plan.run,
                run_start=load_int(a.column_runs, 2 * q),
                run_stop=load_int(a.column_runs, 2 * q + 1),
                w=a.w,
                w_offset=panel * plan.tap_count * plan.run * plan.width,
                b=a.b,
                b_offset=panel * plan.width,
                y=a.y,
                y_offset=((m * plan.P + p) * plan.Q + q) * plan.K + panel * plan.width,
                y_row=0,
                y_pixel=plan.P * plan.Q * plan.K,
                channels=plan.K - panel * plan.width,
                Q=m_stop - m,
                step=plan.step,
                group=1,
                relu=plan.relu,
            )
            call(plan.nest, (store_args(row_args),))


@jit
def correlate_images(loop, packed_plan, x, taps, row_taps, column_runs, w, b, y):
    """The same sums for an x without zeros around it; `packed_plan` is an `ImagesPlan`, the others are flat."""
    plan = load_args(ImagesPlan, address(packed_plan))
    record = ImagesArgs(
        plan=address(packed_plan),
        x=address(x),
        taps=address(taps),
        row_taps=address(row_taps),
        column_runs=address(column_runs),
        w=address(w),
        b=address(b),
        y=address(y),
    )
    parallel_for(loop, plan.tasks, plan.work, store_args(record))
