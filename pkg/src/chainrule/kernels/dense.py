"""Matrix products on tiles; the gradients of bias and ReLU, and softmax cross entropy, in one pass over memory."""

from functools import cache, lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels._jit import jit
from chainrule.kernels._memory import scratch
from chainrule.kernels._plan import choose, float_name
from chainrule.kernels._share import numbers, share, shared
from chainrule.kernels._tile import Tile, multiply_add, start, store
from chainrule.kernels._tile_call import address, call, compiled, view
from chainrule.kernels._tile_pack import move, pack_columns, pack_rows, wipe

__all__ = [
    "bias_relu_grad",
    "dense",
    "dense_grad_input",
    "dense_grad_weight",
    "in_lanes",
    "softmax_cross_entropy",
]

Array: TypeAlias = npt.NDArray[np.floating]

CHUNKS = 8  # partial sums over the batch, whatever the number of threads
BLOCK = 512  # numbers in a block of the loop over ReLU
TASKS = 16  # pieces of a product to share out: enough for a handful of threads
IN_PLACE = 1024  # bytes of a row of weights: columns of wider ones meet in a few lines of the cache


@lru_cache(maxsize=256)
def _plan(M: int, D: int, K: int, dtype: str) -> tuple[Tile, int]:
    """A tile and its code."""
    tile = choose(dtype, M, 1, K, D, (1,)).tile
    return tile, compiled(matrix_tiles, tile)


@jit
def pack_part(tile, task, at):
    """A quarter of a panel; where lanes fill up, or too few columns are left for a square, one number at a time."""
    code, lanes, width, w, row, lane, panels, D, K = numbers(at, 9)
    panel = task // 4
    first, start, end = panel * width, D * (task % 4) // 4, D * (task % 4 + 1) // 4
    columns, to = min(width, K - first), (panel * D + start) * width
    if columns == width and lane == 1:
        call(code, (w, start * row + first, row, panels, to, end - start))
    elif columns == width and end - start >= lanes:
        call(code, (w, start * row + first * lane, lane, panels, to, end - start, lanes))
    else:
        for d in range(start, end):
            for k in range(columns):
                move(tile, w, d * row + (first + k) * lane, panels, to + k, 1)
            wipe(tile, panels, to + columns, width - columns)
            to += width


@jit
def pack(crew, code, lanes, w, row, lane, panels, K):
    """panels[panel, d, k] = w[d, panel * width + k], 0 in the lanes that fill up.

    row and lane: elements of w from one d, from one k to the next; the code is for rows if lane is 1, else for columns.
    """
    count, D, width = panels.shape
    share(crew, count * 4, panels.size // 4, (code, lanes, width, address(w), row, lane, address(panels), D, K))


@jit
def matrix_tiles(tile, x, x_at, x_row, x_step, w, w_at, w_step, D, b, b_at, y, y_at, y_row, rows, step, channels, relu):
    """A column of tiles of a matrix product: y[i, :] = b + sum over d of x[i, d] * w[d, :], for `rows` rows i.

    x_step and w_step: elements from one d to the next; step: the rows of a tile. The last tile overlaps its neighbour
    and computes the same again.
    """
    for top in range(0, rows, step):
        i = min(top, rows - step)
        x_d, w_d = x_at + i * x_row, w_at
        sums = start(tile, b, b_at)
        for _ in range(D):
            sums = multiply_add(tile, sums, x, x_d, x_row, 0, w, w_d, channels)
            x_d += x_step
            w_d += w_step
        store(tile, sums, y, y_at + i * y_row, y_row, 0, channels, relu)


@jit
def multiply_band(tile, task, at):
    """A band of rows for a panel of columns. The last tiles overlap their neighbours, in place the last panel too."""
    code, rows, width, M, D, K, bands, panels, x, x_row, x_step, w, in_place, b, relu, y = numbers(at, 16)
    band, panel, tiles = task // panels, task % panels, (M + rows - 1) // rows
    top, end = tiles * band // bands * rows, min(M, tiles * (band + 1) // bands * rows)
    top = min(top, M - rows)
    k = min(panel * width, K - width) if in_place else panel * width
    w_at, w_step = (k, K) if in_place else (k * D, width)
    call(code, (
        x, top * x_row, x_row, x_step, w, w_at, w_step, D, b, k, y, top * K + k, K, end - top, rows, K - k, relu,
    ))  # fmt: skip


@jit
def multiply(crew, code, tile_rows, width, size, bands, x, x_row, x_step, w, in_place, b, relu, y):
    """y = x · w + b with size (M, D, K), in `bands` bands of rows; w: panels of `width`, or if `in_place` the matrix.

    Where relu is not 0, the larger of that and 0.
    """
    M, D, K = size
    panels = (K + width - 1) // width
    share(crew, bands * panels, M * D * K // 32, (
        code, tile_rows, width, M, D, K, bands, panels, address(x), x_row, x_step, address(w), in_place,
        address(b), relu, address(y),
    ))  # fmt: skip


@cache
def _packing(transposed: bool, dtype: str, vectors: int, lanes: int) -> int:
    """Code that makes whole panels of a tile: rows copied, or columns turned `lanes` at a time."""
    return compiled(pack_columns if transposed else pack_rows, Tile(dtype, 1, 1, vectors, lanes))


def _packed(tile: Tile, D: int, w: Array, step: tuple[int, int], K: int) -> Array:
    """Panels of w, whose entries (d, k) lie `step` apart."""
    panels = scratch("panels", (-(-K // tile.width), D, tile.width), w.dtype)
    code = _packing(step[1] > 1, tile.dtype, tile.vectors, tile.lanes)
    pack(shared(pack_part, tile.dtype), code, tile.lanes, w.reshape(-1), *step, panels, K)
    return panels


@cache
def _zeros(lanes: int, dtype: str) -> Array:
    return np.zeros(lanes, dtype)


def in_lanes(b: Array | None, lanes: int, dtype: str) -> Array:
    """b, again and again, for so many lanes; zeros where there is none. What fills up a panel is never stored."""
    if b is None:
        return _zeros(lanes, dtype)
    if b.size == lanes:
        return b
    whole = lanes - lanes % b.size
    starts = scratch("starts", (lanes,), b.dtype)
    starts[:whole].reshape(-1, b.size)[...] = b
    starts[whole:] = 0
    return starts


def _product(
    size: tuple[int, int, int], x: Array, x_step: tuple[int, int], w: Array, w_step: tuple[int, int],
    out: Array, b: Array | None = None, relu: bool = False,
) -> None:  # fmt: skip
    """out = x · w + b with size (M, D, K); the steps are elements from one row, from one column to the next."""
    if not out.size:
        return
    M, D, K = size
    tile, code = _plan(M, D, K, float_name(x))
    in_place = w_step == (K, 1) and tile.width <= K <= IN_PLACE // x.itemsize
    bands = min(-(-TASKS * tile.width // K), -(-M // tile.rows))
    multiply(
        shared(multiply_band), code, tile.rows, tile.width, size, bands,
        x.reshape(-1), *x_step, (w if in_place else _packed(tile, D, w, w_step, K)).reshape(-1), int(in_place),
        in_lanes(b, -(-K // tile.width) * tile.width, tile.dtype), int(relu), out.reshape(-1),
    )  # fmt: skip


def dense(x: Array, w: Array, b: Array | None, relu: bool, out: Array) -> None:
    """out = x · w + b with x (M, D), w (D, K), then max(0, ·) where `relu`; NaN stays NaN."""
    (M, D), K = x.shape, w.shape[1]
    _product((M, D, K), x, (D, 1), w, (K, 1), out, b, relu)


def dense_grad_input(delta: Array, w: Array, out: Array) -> None:
    """out = delta · wᵀ with delta (M, K)."""
    (M, K), D = delta.shape, w.shape[0]
    _product((M, K, D), delta, (K, 1), w, (1, K), out)


def dense_grad_weight(x: Array, delta: Array, out: Array) -> None:
    """out = xᵀ · delta; a tile reads its rows of xᵀ, columns of x, where they lie."""
    (M, D), K = x.shape, delta.shape[1]
    _product((D, M, K), x, (1, D), delta, (K, 1), out)


def _repeats(K: int) -> int:
    return -(-BLOCK // K)


@jit
def bias_relu_grad_chunk(tile, task, at):
    """One chunk: its share of the blocks, in order, and their sums."""
    delta, a, size, relu, out, sums, chunks, width = numbers(at, 8)
    total = view(tile, sums, chunks * width)[task * width : (task + 1) * width]
    zero = total.dtype.type(0)
    total[:] = zero
    blocks = (size + width - 1) // width
    for block in range(blocks * task // chunks, blocks * (task + 1) // chunks):
        first, n = block * width, min(width, size - block * width)
        d, active, target = view(tile, delta, size)[first:], view(tile, a, size)[first:], view(tile, out, size)[first:]
        if relu:
            for i in range(n):
                value = d[i] if active[i] > 0 else zero
                target[i] = value
                total[i] += value
        else:
            for i in range(n):
                target[i] = d[i]
                total[i] += d[i]


@jit
def _bias_relu_grad(crew, delta, a, relu, out, sums, db):
    """All flat but sums: (chunks, repeats · K)."""
    chunks, width = sums.shape
    share(crew, chunks, delta.size // 4, (
        address(delta), address(a), delta.size, relu, address(out), address(sums), chunks, width,
    ))  # fmt: skip
    total = sums.reshape(-1)
    db[:] = 0
    for first in range(0, total.size, db.size):
        for k in range(db.size):
            db[k] += total[first + k]


def bias_relu_grad(delta: Array, a: Array, relu: bool, out: Array, db: Array) -> None:
    """out = delta where a > 0, else 0 (delta as it is without `relu`); db = its sum over all axes but the last."""
    if not delta.size:
        db[...] = 0
        return
    sums = scratch("sums", (CHUNKS, _repeats(db.size) * db.size), delta.dtype)
    crew = shared(bias_relu_grad_chunk, float_name(delta))
    _bias_relu_grad(crew, delta.reshape(-1), a.reshape(-1), int(relu), out.reshape(-1), sums, db)


@jit
def softmax_cross_entropy(z, y, losses, out):
    """Loss of each row, −Σ y · log softmax(z), and its gradient Σy · softmax(z) − y. Where y is 0, y · log is 0."""
    for m in range(z.shape[0]):
        largest = z[m, 0]
        for k in range(z.shape[1]):
            largest = max(largest, z[m, k])
        total = z.dtype.type(0)
        weight = z.dtype.type(0)
        for k in range(z.shape[1]):
            total += np.exp(z[m, k] - largest)
            weight += y[m, k]
        log_total = np.log(total)
        loss = z.dtype.type(0)
        for k in range(z.shape[1]):
            log_p = z[m, k] - largest - log_total
            if y[m, k] != 0:
                loss -= y[m, k] * log_p
            out[m, k] = np.exp(log_p) * weight - y[m, k]
        losses[m] = loss
