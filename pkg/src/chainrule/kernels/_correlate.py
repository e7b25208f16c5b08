"""Two loop nests over tiles, from which every convolution and its gradients are made, and what brings data to them."""

from numba import prange

from chainrule.kernels._jit import jit
from chainrule.kernels._team import disband, team
from chainrule.kernels._tile import add_to, multiply_add, store, width, zero
from chainrule.kernels._tile_call import address, call, index

__all__ = ["correlate", "gather", "pad", "product", "product_tile", "sum_chunks", "window_tiles"]


@jit
def window_tiles(
    tile, x, x_at, x_row, x_pixel, group, taps, first, last, run, w, w_at, y, y_at, y_row, y_pixel, channels, Q, step
):
    """A row of tiles of a correlation: for taps first to last - 1 a run of adjacent inputs times a panel of w.

    The row has Q pixels, a tile `step`. The last tile overlaps its neighbour and computes the same again.
    """
    w_first = w_at + first * run * width(tile)
    for left in range(0, Q, step):
        q = min(left, Q - step)
        w_at = w_first
        sums = zero(tile)
        for t in range(first, last):
            start = x_at + q * x_pixel + index(taps, t)
            for r in range(run):
                sums = multiply_add(tile, sums, x, start + r, x_row, group * x_pixel, w, w_at, channels)
                w_at += width(tile)
        store(tile, sums, y, y_at + q * y_pixel, y_row, group * y_pixel, channels)


@jit(parallel=True)
def correlate(code, tile_rows, step, group, width, size, band, x, x_step, taps, reach, run, w, y_at, y_step, y):
    """y[m, p, q, k] = sum over taps t and r of x[taps[t] + r + steps to m, p, q] * w[panel of k][t, r, k].

    size: (M, P, Q, K) of y; x_step and y_step: elements from one image, row, pixel to the next. Row p needs the taps
    from reach[p, 0] to reach[p, 1] - 1; the others meet only zeros above or below the image. Tasks are a band of rows
    of one image for one panel of output channels. As in a row, the last tiles of an image overlap their neighbours.
    """
    M, P, Q, K = size
    bands = (P + band - 1) // band
    panels = (K + width - 1) // width
    before = team(M * P * Q * K * len(taps) * run // 32)
    for task in prange(M * bands * panels):
        m = task // (bands * panels)
        panel = task % panels
        start = task // panels % bands * band
        for top in range(start, min(start + band, P), tile_rows):
            p = min(top, P - tile_rows)
            first, last = reach[p]
            for row in range(p + 1, p + tile_rows):
                first, last = min(first, reach[row, 0]), max(last, reach[row, 1])
            call(code, (
                address(x), m * x_step[0] + p * x_step[1], x_step[1], x_step[2], group,
                address(taps), first, last, run, address(w), panel * len(taps) * run * width,
                address(y), y_at + m * y_step[0] + p * y_step[1] + panel * width, y_step[1], y_step[2],
                K - panel * width, Q, step,
            ))  # fmt: skip
    disband(before)


@jit
def product_tile(tile, x, x_at, x_row, x_column, x_tap, d, d_at, d_row, d_column, rows, columns, sums_, at, channels):
    """One tile of a filter gradient: a few taps and channels of x, times delta, summed over rows x columns pixels."""
    sums = zero(tile)
    for p in range(rows):
        for q in range(columns):
            x_pq = x_at + p * x_row + q * x_column
            sums = multiply_add(tile, sums, x, x_pq, x_tap, 1, d, d_at + p * d_row + q * d_column, channels)
    add_to(tile, sums, sums_, at)


@jit(parallel=True)
def product(code, tile_taps, tile_run, width, size, block, x, x_step, taps, run, delta, chunks):
    """chunks[c] = for each tile the sums of x * delta over its share of the images' rows.

    size: (M, P, Q, K) of delta. The rows are shared out among the chunks in a way that does not depend on the number
    of threads, and each chunk is summed in order. `block` rows at a time, so that they stay in the cache while all
    tiles pass over them.
    """
    M, P, Q, K = size
    panels = (K + width - 1) // width
    groups = len(taps) // tile_taps
    parts = (run + tile_run - 1) // tile_run
    tile_size = tile_taps * tile_run * width
    x_tap = taps[1] - taps[0] if tile_taps > 1 else 0
    before = team(M * P * Q * K * len(taps) * run // 32)
    for c in prange(len(chunks)):
        chunks[c] = 0
        row, end = M * P * c // len(chunks), M * P * (c + 1) // len(chunks)
        while row < end:
            m = row // P
            p = row - m * P
            rows = min(block, min(P - p, end - row))
            for panel in range(panels):
                for g in range(groups):
                    for part in range(parts):
                        number = (panel * groups + g) * parts + part
                        x_at = (
                            m * x_step[0] + p * x_step[1] + taps[g * tile_taps] + min(part * tile_run, run - tile_run)
                        )
                        call(code, (
                            address(x), x_at, x_step[1], x_step[2], x_tap,
                            address(delta), row * Q * K + panel * width, Q * K, K, rows, Q,
                            address(chunks), c * chunks.shape[1] + number * tile_size, K - panel * width,
                        ))  # fmt: skip
            row += rows
    disband(before)


@jit(parallel=True)
def sum_chunks(chunks):
    """chunks[0] = sum of all chunks, in their order."""
    count, size = chunks.shape
    before = team(count * size // 8)
    for part in prange(16):
        first, last = size * part // 16, size * (part + 1) // 16
        for c in range(1, count):
            for i in range(first, last):
                chunks[0, i] += chunks[c, i]
    disband(before)


@jit(parallel=True)
def gather(values, table, out):
    """out[i] = sum over j of values[table[i, j]], where -1 in the table adds nothing."""
    flat = out.reshape(-1)
    before = team(table.size)
    for part in prange(8):
        for i in range(len(table) * part // 8, len(table) * (part + 1) // 8):
            total = values[0] * 0
            for j in range(table.shape[1]):
                if table[i, j] >= 0:
                    total += values[table[i, j]]
            flat[i] = total
    disband(before)


@jit(parallel=True)
def pad(x, top, left, out):
    """`out` = x with zeros around it; out's shape says how many come after."""
    M, H, W, C = x.shape
    height, width = out.shape[1], out.shape[2]
    source, target = x.reshape(-1), out.reshape(-1)  # a view of each short row would take longer than the row
    first, line, row = left * C, W * C, width * C
    before = team(out.size // 8)
    for task in prange(M * height):
        m = task // height
        h = task - m * height - top
        start = task * row
        if h < 0 or h >= H:
            target[start : start + row] = 0
        else:
            at = (m * H + h) * line
            target[start : start + first] = 0
            target[start + first : start + first + line] = source[at : at + line]
            target[start + first + line : start + row] = 0
    disband(before)
