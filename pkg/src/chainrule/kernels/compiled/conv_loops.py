"""Two loop nests over tiles, from which every convolution and its gradients are made, and what brings data to them."""

from chainrule.kernels.simd.call import address, call, index, view
from chainrule.kernels.simd.copying import move, wipe
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import numbers, share
from chainrule.kernels.simd.tile import add_to, multiply_add, start, store, width, zero

__all__ = [
    "correlate", "correlate_band", "correlate_images", "correlate_images_band", "gather", "gather_part", "pad",
    "pad_row", "product", "product_chunk", "product_tile", "sum_chunks", "sum_part", "window_tiles",
]  # fmt: skip

PARTS = 16  # tasks of what can be cut anywhere


@jit
def window_tiles(
    tile, x, x_at, x_row, x_pixel, group, taps, first, last, run, run_first, run_last, w, w_at, b, b_at,
    y, y_at, y_row, y_pixel, channels, Q, step, relu,
):  # fmt: skip
    """A row of tiles of a correlation: b, and for each tap a run of adjacent inputs times a panel of w.

    Taps first to last - 1, and run_first to run_last - 1 of each run. The row has Q pixels, a tile `step`. The last
    tile overlaps its neighbour and computes the same again.
    """
    for left in range(0, Q, step):
        q = min(left, Q - step)
        sums = start(tile, b, b_at)
        for t in range(first, last):
            x_first = x_at + q * x_pixel + index(taps, t)
            w_first = w_at + t * run * width(tile)
            for r in range(run_first, run_last):
                w_r = w_first + r * width(tile)
                sums = multiply_add(tile, sums, x, x_first + r, x_row, group * x_pixel, w, w_r, channels)
        store(tile, sums, y, y_at + q * y_pixel, y_row, group * y_pixel, channels, relu)


@jit
def correlate_band(tile, task, at):
    """A band of rows of an image, for a panel of output channels. The last tiles overlap, as in a row."""
    (
        code, rows, step, group, width, P, Q, K, bands, panels, band,
        x, x_image, x_row, x_pixel, taps, count, reach, run, w, b, relu, y, y_at, y_image, y_row, y_pixel,
    ) = numbers(at, 27)  # fmt: skip
    m = task // (bands * panels)
    panel = task % panels
    above = task // panels % bands * band
    for top in range(above, min(above + band, P), rows):
        p = min(top, P - rows)
        first, last = index(reach, 2 * p), index(reach, 2 * p + 1)
        for row in range(p + 1, p + rows):
            first, last = min(first, index(reach, 2 * row)), max(last, index(reach, 2 * row + 1))
        call(code, (
            x, m * x_image + p * x_row, x_row, x_pixel, group,
            taps, first, last, run, 0, run, w, panel * count * run * width, b, panel * width,
            y, y_at + m * y_image + p * y_row + panel * width, y_row, y_pixel, K - panel * width, Q, step, relu,
        ))  # fmt: skip


@jit
def correlate(
    crew, code, tile_rows, step, group, width, size, band, x, x_step, taps, reach, run, w, b, relu, y_at, y_step, y
):
    """y[m, p, q, k] = b[k] + sum over taps t and r of x[taps[t] + r + steps to m, p, q] * w[panel of k][t, r, k].

    size: (M, P, Q, K) of y; x_step and y_step: elements from one image, row, pixel to the next. Row p needs the taps
    from reach[p, 0] to reach[p, 1] - 1; the others meet only zeros above or below the image. Where relu is not 0, the
    larger of that and 0.
    """
    M, P, Q, K = size
    bands, panels = (P + band - 1) // band, (K + width - 1) // width
    share(crew, M * bands * panels, M * P * Q * K * len(taps) * run // 32, (
        code, tile_rows, step, group, width, P, Q, K, bands, panels, band,
        address(x), x_step[0], x_step[1], x_step[2], address(taps), len(taps), address(reach), run,
        address(w), address(b), relu, address(y), y_at, y_step[0], y_step[1], y_step[2],
    ))  # fmt: skip


@jit
def correlate_images_band(tile, task, at):
    """A band of images and a part of their rows, pixel by pixel, for a panel of output channels."""
    (
        code, step, width, M, P, Q, K, bands, parts, panels,
        x, x_at, x_image, x_row, x_pixel, taps, count, run, down, across, w, b, relu, y,
    ) = numbers(at, 24)  # fmt: skip
    panel, part, band = task % panels, task // panels % parts, task // (panels * parts)
    tiles = (M + step - 1) // step
    m, end = tiles * band // bands * step, min(M, tiles * (band + 1) // bands * step)
    m = min(m, M - step)
    for p in range(P * part // parts, P * (part + 1) // parts):
        for q in range(Q):
            call(code, (
                x, x_at + m * x_image + p * x_row + q * x_pixel, 0, x_image, 1,
                taps, index(down, 2 * p), index(down, 2 * p + 1), run, index(across, 2 * q), index(across, 2 * q + 1),
                w, panel * count * run * width, b, panel * width,
                y, ((m * P + p) * Q + q) * K + panel * width, 0, P * Q * K, K - panel * width, end - m, step, relu,
            ))  # fmt: skip


@jit
def correlate_images(
    crew, code, step, width, size, bands, parts, x, x_at, x_step, taps, run, down, across, w, b, relu, y
):
    """The same sums as `correlate`, for an x without zeros around it: tiles take one pixel of `step` images.

    Row p needs the taps from down[p, 0] to down[p, 1] - 1, column q of each run across[q, 0] to across[q, 1] - 1. The
    images are shared out in `bands`, their rows in `parts`.
    """
    M, P, Q, K = size
    panels = (K + width - 1) // width
    share(crew, bands * parts * panels, M * P * Q * K * len(taps) * run // 32, (
        code, step, width, M, P, Q, K, bands, parts, panels,
        address(x), x_at, x_step[0], x_step[1], x_step[2], address(taps), len(taps), run, address(down),
        address(across), address(w), address(b), relu, address(y),
    ))  # fmt: skip


@jit
def product_tile(tile, x, x_at, x_row, x_column, x_tap, d, d_at, d_row, d_column, rows, columns, sums_, at, channels):
    """One tile of a filter gradient: a few taps and channels of x, times delta, summed over rows x columns pixels."""
    sums = zero(tile)
    for p in range(rows):
        for q in range(columns):
            x_pq = x_at + p * x_row + q * x_column
            sums = multiply_add(tile, sums, x, x_pq, x_tap, 1, d, d_at + p * d_row + q * d_column, channels)
    add_to(tile, sums, sums_, at)


@jit
def product_chunk(tile, task, at):
    """One chunk: its share of the images' rows, in order, `block` rows at a time for all tiles of the filter."""
    (
        code, tile_taps, tile_run, width, rows_in_all, P, Q, K, block,
        x, x_image, x_row, x_pixel, x_tap, taps, groups, run, delta, chunks, count, size,
    ) = numbers(at, 21)  # fmt: skip
    panels, parts = (K + width - 1) // width, (run + tile_run - 1) // tile_run
    row, end = rows_in_all * task // count, rows_in_all * (task + 1) // count
    wipe(tile, chunks, task * size, size)
    while row < end:
        m = row // P
        p = row - m * P
        rows = min(block, min(P - p, end - row))
        number = 0
        for panel in range(panels):
            for g in range(groups):
                for part in range(parts):
                    tap = index(taps, g * tile_taps) + min(part * tile_run, run - tile_run)
                    call(code, (
                        x, m * x_image + p * x_row + tap, x_row, x_pixel, x_tap,
                        delta, row * Q * K + panel * width, Q * K, K, rows, Q,
                        chunks, task * size + number * tile_taps * tile_run * width, K - panel * width,
                    ))  # fmt: skip
                    number += 1
        row += rows


@jit
def product(crew, code, tile_taps, tile_run, width, size, block, x, x_step, taps, run, delta, chunks):
    """chunks[c] = for each tile the sums of x * delta over its share of the images' rows.

    size: (M, P, Q, K) of delta. The rows are shared out among the chunks in a way that does not depend on the number
    of threads, and each chunk is summed in order. `block` rows at a time stay in the cache while all tiles pass over
    them.
    """
    M, P, Q, K = size
    share(crew, len(chunks), M * P * Q * K * len(taps) * run // 32, (
        code, tile_taps, tile_run, width, M * P, P, Q, K, block,
        address(x), x_step[0], x_step[1], x_step[2], taps[1] - taps[0] if tile_taps > 1 else 0,
        address(taps), len(taps) // tile_taps, run, address(delta), address(chunks), len(chunks), chunks.shape[1],
    ))  # fmt: skip


@jit
def sum_part(tile, task, at):
    """A part of chunks[0] = sum of all chunks, in their order."""
    chunks, count, size = numbers(at, 3)
    values = view(tile, chunks, count * size)
    first, last = size * task // PARTS, size * (task + 1) // PARTS
    total = values[first:last]
    for c in range(1, count):
        chunk = values[c * size + first : c * size + last]
        for i in range(last - first):
            total[i] += chunk[i]


@jit
def sum_chunks(crew, chunks):
    """chunks[0] = sum of all chunks."""
    count, size = chunks.shape
    share(crew, PARTS, count * size // 8, (address(chunks), count, size))


@jit
def gather_part(tile, task, at):
    """A part of out[i] = sum over j of values[table[i, j]], where -1 in the table adds nothing."""
    values, size, table, count, terms, out = numbers(at, 6)
    source, target = view(tile, values, size), view(tile, out, count)
    for i in range(count * task // PARTS, count * (task + 1) // PARTS):
        total = target.dtype.type(0)
        for j in range(i * terms, (i + 1) * terms):
            if index(table, j) >= 0:
                total += source[index(table, j)]
        target[i] = total


@jit
def gather(crew, values, table, out):
    """out[i] = sum over j of values[table[i, j]]."""
    count, terms = table.shape
    share(crew, PARTS, table.size, (address(values), len(values), address(table), count, terms, address(out)))


@jit
def pad_row(tile, task, at):
    """One row of one image: zeros, or zeros to the left and right of x's row."""
    x, out, H, line, top, first, height, row = numbers(at, 8)
    m = task // height
    h = task - m * height - top
    if h < 0 or h >= H:
        wipe(tile, out, task * row, row)
    else:
        wipe(tile, out, task * row, first)
        move(tile, x, (m * H + h) * line, out, task * row + first, line)
        wipe(tile, out, task * row + first + line, row - first - line)


@jit
def pad(crew, x, top, left, out):
    """`out` = x with zeros around it; out's shape says how many come after."""
    M, H, W, C = x.shape
    height, row = out.shape[1], out.shape[2] * C
    share(crew, M * height, out.size // 8, (address(x), address(out), H, W * C, top, left * C, height, row))
