"""Matrix products on tiles; bias, ReLU and softmax cross entropy in one pass over memory."""

from functools import cache, lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numba import prange

from chainrule.kernels._jit import jit
from chainrule.kernels._memory import scratch
from chainrule.kernels._plan import choose, float_name
from chainrule.kernels._team import disband, team
from chainrule.kernels._tile import Tile, multiply_add, store, zero
from chainrule.kernels._tile_call import address, call, compiled
from chainrule.kernels._tile_pack import pack_columns, pack_rows

__all__ = [
    "bias_relu",
    "bias_relu_grad",
    "dense",
    "dense_grad_input",
    "dense_grad_weight",
    "softmax_cross_entropy",
]

Array: TypeAlias = npt.NDArray[np.floating]

CHUNKS = 8  # partial sums over the batch, whatever the number of threads
BLOCK = 512  # numbers in a block of the loops over bias and ReLU
TASKS = 16  # pieces of a product to share out: enough for a handful of threads
IN_PLACE = 1024  # bytes of a row of weights: columns of wider ones meet in a few lines of the cache


@lru_cache(maxsize=256)
def _plan(M: int, D: int, K: int, dtype: str) -> tuple[Tile, int]:
    """A tile and its code."""
    tile = choose(dtype, M, 1, K, D, (1,)).tile
    return tile, compiled(matrix_tiles, tile)


@cache
def _packing(transposed: bool, dtype: str, vectors: int, lanes: int) -> int:
    """Code that makes whole panels of a tile: rows copied, or columns turned `lanes` at a time."""
    return compiled(pack_columns if transposed else pack_rows, Tile(dtype, 1, 1, vectors, lanes))


@jit(parallel=True)
def pack(code, lanes, w, transposed, panels):
    """panels[panel, d, lane] = w[d, panel * width + lane], or of w transposed; 0 in the lanes that fill up."""
    count, D, width = panels.shape
    K, step = (w.shape[0] if transposed else w.shape[1]), w.shape[1]
    before = team(panels.size // 4)
    for task in prange(count * 4):
        panel = task // 4
        first, start, end = panel * width, D * (task % 4) // 4, D * (task % 4 + 1) // 4
        columns, to = min(width, K - first), (panel * D + start) * width
        if columns == width and not transposed:
            call(code, (address(w), start * step + first, step, address(panels), to, end - start))
        elif columns == width and end - start >= lanes:
            call(code, (address(w), first * step + start, step, address(panels), to, end - start, lanes))
        else:
            for d in range(start, end):
                row = panels[panel, d]
                for lane in range(columns):
                    row[lane] = w[first + lane, d] if transposed else w[d, first + lane]
                row[columns:] = 0
    disband(before)


@jit
def matrix_tiles(tile, x, x_at, x_row, x_step, w, w_at, w_step, D, y, y_at, y_row, rows, step, channels):
    """A column of tiles of a matrix product: y[i, :] = sum over d of x[i, d] * w[d, :], for `rows` rows i.

    x_step and w_step: elements from one d to the next; step: the rows of a tile. The last tile overlaps its neighbour
    and computes the same again.
    """
    for top in range(0, rows, step):
        i = min(top, rows - step)
        x_d, w_d = x_at + i * x_row, w_at
        sums = zero(tile)
        for _ in range(D):
            sums = multiply_add(tile, sums, x, x_d, x_row, 0, w, w_d, channels)
            x_d += x_step
            w_d += w_step
        store(tile, sums, y, y_at + i * y_row, y_row, 0, channels)


@jit(parallel=True)
def multiply(code, tile_rows, width, size, bands, x, x_row, x_step, w, in_place, y):
    """y = x · w with size (M, D, K): a task is a band of rows for a panel of columns.

    w: panels of `width`, or the matrix itself if `in_place`; then the last panel overlaps its neighbour.
    """
    M, D, K = size
    panels, tiles = (K + width - 1) // width, (M + tile_rows - 1) // tile_rows
    before = team(M * D * K // 32)
    for task in prange(bands * panels):
        band, panel = task // panels, task % panels
        top, end = tiles * band // bands * tile_rows, min(M, tiles * (band + 1) // bands * tile_rows)
        top = min(top, M - tile_rows)
        k = min(panel * width, K - width) if in_place else panel * width
        call(code, (
            address(x), top * x_row, x_row, x_step,
            address(w), k if in_place else k * D, K if in_place else width, D,
            address(y), top * K + k, K, end - top, tile_rows, K - k,
        ))  # fmt: skip
    disband(before)


def _product(x: Array, steps: tuple[int, int], w: Array, transposed: bool, out: Array) -> None:
    """out = x · w, or x · wᵀ; steps: elements of x from one row to the next, and within a row."""
    M, K = out.shape
    D = w.shape[1] if transposed else w.shape[0]
    if not out.size or not D:
        out[...] = 0
        return
    tile, code = _plan(M, D, K, float_name(x))
    panels = -(-K // tile.width)
    in_place = not transposed and tile.width <= K <= IN_PLACE // x.itemsize
    if not in_place:
        packed = scratch("panels", (panels, D, tile.width), x.dtype)
        packer = _packing(transposed, float_name(x), tile.vectors, tile.lanes)
        pack(packer, tile.lanes, w, transposed, packed)
        w = packed
    bands = min(-(-TASKS // panels), -(-M // tile.rows))
    multiply(
        code, tile.rows, tile.width, (M, D, K), bands, x.reshape(-1), *steps, w.reshape(-1), in_place, out.reshape(-1)
    )


def dense(x: Array, w: Array, out: Array) -> None:
    """out = x · w with x (M, D), w (D, K)."""
    _product(x, (x.shape[1], 1), w, False, out)


def dense_grad_input(delta: Array, w: Array, out: Array) -> None:
    """out = delta · wᵀ with delta (M, K)."""
    _product(delta, (delta.shape[1], 1), w, True, out)


def dense_grad_weight(x: Array, delta: Array, out: Array) -> None:
    """out = xᵀ · delta; a tile reads its rows of xᵀ, columns of x, where they lie."""
    _product(x, (1, x.shape[1]), delta, False, out)


@jit(parallel=True)
def _bias_relu(z, b, relu, out):
    """z and out flat, b repeated: blocks as long as b, so that the inner loop is long enough for vectors."""
    zero = z.dtype.type(0)
    before = team(z.size // 4)
    for block in prange((z.size + b.size - 1) // b.size):
        first = block * b.size
        n = min(b.size, z.size - first)
        source, target = z[first : first + n], out[first : first + n]
        if relu:
            for i in range(n):
                a = source[i] + b[i]
                target[i] = zero if a <= 0 else a  # a NaN fails every comparison and stays
        else:
            for i in range(n):
                target[i] = source[i] + b[i]
    disband(before)


def _repeats(K: int) -> int:
    return -(-BLOCK // K)


def bias_relu(z: Array, b: Array, relu: bool, out: Array) -> None:
    """out = z + b over the last axis, then max(0, ·) where `relu`; NaN stays NaN. z may be out."""
    if z.size:
        repeated = scratch("bias", (_repeats(b.size), b.size), b.dtype)
        repeated[...] = b
        _bias_relu(z.reshape(-1), repeated.reshape(-1), relu, out.reshape(-1))


@jit(parallel=True)
def _bias_relu_grad(delta, a, relu, out, sums):
    """All flat but sums: (chunks, repeats · K); each chunk sums its share of the blocks in order."""
    chunks, width = sums.shape
    zero = delta.dtype.type(0)
    blocks = (delta.size + width - 1) // width
    before = team(delta.size // 4)
    for chunk in prange(chunks):
        total = sums[chunk]
        total[:] = 0
        for block in range(blocks * chunk // chunks, blocks * (chunk + 1) // chunks):
            first = block * width
            n = min(width, delta.size - first)
            d, active, target = delta[first : first + n], a[first : first + n], out[first : first + n]
            if relu:
                for i in range(n):
                    value = d[i] if active[i] > 0 else zero
                    target[i] = value
                    total[i] += value
            else:
                for i in range(n):
                    target[i] = d[i]
                    total[i] += d[i]
    disband(before)


def bias_relu_grad(delta: Array, a: Array, relu: bool, out: Array, db: Array) -> None:
    """out = delta where a > 0, else 0 (delta as it is without `relu`); db = its sum over all axes but the last."""
    if not delta.size:
        db[...] = 0
        return
    sums = scratch("sums", (CHUNKS, _repeats(db.size) * db.size), delta.dtype)
    _bias_relu_grad(delta.reshape(-1), a.reshape(-1), relu, out.reshape(-1), sums)
    sums.reshape(-1, db.size).sum(axis=0, out=db)


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
