"""Matrix products on tiles; the gradients of bias and ReLU, and softmax cross entropy, in one pass over memory."""

from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.kernels.compiled.tile_choice import choose, float_name
from chainrule.kernels.memory import scratch
from chainrule.kernels.simd.call import address, call, compiled, view
from chainrule.kernels.simd.copying import move, pack_panel, wipe
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import TASKS, numbers, share, shared
from chainrule.kernels.simd.tile import Tile, multiply_add, start, store

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
IN_PLACE = 1024  # bytes of a row of weights: columns of wider ones meet in a few lines of the cache
SHARED = 4  # tiles that a panel is laid out for, at least


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
    """A band of rows for a panel of columns; the last tiles, and the last panel, overlap their neighbours.

    Where w cannot be read in place, each task lays out its panel first, in a part of `room` that is its own: that takes
    less time than to wait for a thread that does it for all.
    """
    (
        code, packing, lanes, rows, width, M, D, K, bands, panels, x, x_row, x_step, w, w_row, w_lane, room, b, relu, y,
    ) = numbers(at, 20)  # fmt: skip
    band, panel, tiles = task // panels, task % panels, (M + rows - 1) // rows
    top, end = tiles * band // bands * rows, min(M, tiles * (band + 1) // bands * rows)
    top, k = min(top, M - rows), max(0, min(panel * width, K - width))
    w_at, w_step = k * w_lane, w_row
    if packing:
        to, columns = task * D * width, min(width, K)
        if columns == width and (w_lane == 1 or lanes <= D):
            call(packing, (w, w_at, w_row, w_lane, room, to, D, lanes))
        else:
            for d in range(D):
                for i in range(columns):
                    move(tile, w, w_at + d * w_row + i * w_lane, room, to + d * width + i, 1)
                wipe(tile, room, to + d * width + columns, width - columns)
        w, w_at, w_step = room, to, width
    call(code, (
        x, top * x_row, x_row, x_step, w, w_at, w_step, D, b, k, y, top * K + k, K, end - top, rows, K - k, relu,
    ))  # fmt: skip


@jit
def multiply(
    crew, code, packing, lanes, rows, width, size, bands, x, x_row, x_step, w, w_row, w_lane, room, b, relu, y
):
    """y = x · w + b with size (M, D, K), in `bands` bands of rows; where relu is not 0, the larger of that and 0.

    Steps are elements from one row, column or lane to the next. Panels are laid out in `room`, unless packing is 0.
    """
    M, D, K = size
    panels = (K + width - 1) // width
    share(crew, bands * panels, M * D * K // 32, (
        code, packing, lanes, rows, width, M, D, K, bands, panels, address(x), x_row, x_step,
        address(w), w_row, w_lane, address(room), address(b), relu, address(y),
    ))  # fmt: skip


class Product(NamedTuple):
    """A tile and its code, the code that lays out its panels, or 0, and in how many bands the rows are shared out."""

    tile: Tile
    code: int
    packing: int
    bands: int


@lru_cache(maxsize=256)
def _plan(M: int, D: int, K: int, wide: bool, dtype: str) -> Product:
    """wide: whether w's rows are too long to read columns of them in place, or its columns are meant."""
    tile = choose(dtype, M, 1, K, D, (1,)).tile
    if not wide and tile.width > K:
        tile = Tile(dtype, tile.rows, tile.columns, tile.vectors, tile.lanes, masked=True)
    packing = compiled(pack_panel, Tile(dtype, 1, 1, tile.vectors, tile.lanes)) if wide else 0
    smallest = tile.rows * (SHARED if wide else 1)
    bands = min(-(-TASKS * tile.width // K), -(-M // smallest))
    return Product(tile, compiled(matrix_tiles, tile), packing, bands)


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
    tile, code, packing, bands = _plan(M, D, K, w_step != (K, 1) or K * x.itemsize > IN_PLACE, float_name(x))
    panels = -(-K // tile.width)
    room = scratch("panels", (bands * panels * D * tile.width if packing else 1,), w.dtype)
    multiply(
        shared(multiply_band, tile.dtype), code, packing, tile.lanes, tile.rows, tile.width, size, bands,
        x.reshape(-1), *x_step, w.reshape(-1), *w_step, room,
        in_lanes(b, panels * tile.width, tile.dtype), int(relu), out.reshape(-1),
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
