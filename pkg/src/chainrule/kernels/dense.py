"""Matrix products on tiles; bias, ReLU and softmax cross entropy in one pass over memory."""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numba import prange

from chainrule.kernels._correlate import correlate, window_tile
from chainrule.kernels._jit import jit
from chainrule.kernels._plan import choose
from chainrule.kernels._scratch import scratch
from chainrule.kernels._tile import Tile, compiled

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
ONE_TAP = np.zeros(1, np.int64)


@lru_cache(maxsize=256)
def _plan(M: int, D: int, K: int, dtype: str) -> tuple[Tile, int]:
    tile = choose(dtype, M, 1, K, D, (1,)).tile
    return tile, compiled(window_tile, tile)


@jit(parallel=True)
def pack(w, transposed, panels):
    """panels[panel, d, lane] = w[d, panel * width + lane], or of w transposed; 0 in the lanes that fill up."""
    count, D, width = panels.shape
    K = w.shape[0] if transposed else w.shape[1]
    for task in prange(count * 4):
        panel = task // 4
        first = panel * width
        lanes = min(width, K - first)
        for d in range(D * (task % 4) // 4, D * (task % 4 + 1) // 4):
            row = panels[panel, d]
            if transposed:
                for lane in range(lanes):
                    row[lane] = w[first + lane, d]
            else:
                for lane in range(lanes):
                    row[lane] = w[d, first + lane]
            row[lanes:] = 0


def _product(x: Array, w: Array, transposed: bool, out: Array) -> None:
    """out = x · w, or x · wᵀ: a correlation of M rows with one tap, a run of D numbers."""
    M, D = x.shape
    K = out.shape[1]
    if not out.size or not D:
        out[...] = 0
        return
    tile, code = _plan(M, D, K, x.dtype.name)
    panels = w
    if transposed or tile.width != K:
        panels = scratch("panels", (-(-K // tile.width), D, tile.width), x.dtype)
        pack(w, transposed, panels)
    band = tile.rows * max(1, -(-M // tile.rows) * len(panels) // 16) if tile.width < K else tile.rows
    correlate(
        code, tile.rows, 1, 1, tile.width, (1, M, 1, K), band,
        x.reshape(-1), (0, D, 0), ONE_TAP, D, panels.reshape(-1), 0, (0, K, 0), out.reshape(-1),
    )  # fmt: skip


def dense(x: Array, w: Array, out: Array) -> None:
    """out = x · w with x (M, D), w (D, K)."""
    _product(x, w, False, out)


def dense_grad_input(delta: Array, w: Array, out: Array) -> None:
    """out = delta · wᵀ with delta (M, K)."""
    _product(delta, w, True, out)


def dense_grad_weight(x: Array, delta: Array, out: Array) -> None:
    """out = xᵀ · delta."""
    transposed = scratch("transposed", x.shape[::-1], x.dtype)
    np.copyto(transposed, x.T)
    _product(transposed, delta, False, out)


@jit(parallel=True)
def _bias_relu(z, b, relu, out):
    rows, K = z.shape
    zero = z.dtype.type(0)
    for part in prange(8):
        for i in range(rows * part // 8, rows * (part + 1) // 8):
            if relu:
                for k in range(K):
                    a = z[i, k] + b[k]
                    out[i, k] = zero if a <= 0 else a  # a NaN fails every comparison and stays
            else:
                for k in range(K):
                    out[i, k] = z[i, k] + b[k]


def bias_relu(z: Array, b: Array, relu: bool, out: Array) -> None:
    """out = z + b over the last axis, then max(0, ·) where `relu`; NaN stays NaN. z may be out."""
    if z.size:
        _bias_relu(z.reshape(-1, b.size), b, relu, out.reshape(-1, b.size))


@jit(parallel=True)
def _bias_relu_grad(delta, a, relu, out, sums):
    rows, K = delta.shape
    zero = delta.dtype.type(0)
    chunks = len(sums)
    for chunk in prange(chunks):
        total = sums[chunk]
        total[:] = 0
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            for k in range(K):
                d = delta[i, k] if (a[i, k] > 0) | (not relu) else zero
                out[i, k] = d
                total[k] += d


def bias_relu_grad(delta: Array, a: Array, relu: bool, out: Array, db: Array) -> None:
    """out = delta where a > 0, else 0 (delta as it is without `relu`); db = its sum over all axes but the last."""
    if not delta.size:
        db[...] = 0
        return
    sums = scratch("sums", (CHUNKS, db.size), delta.dtype)
    K = db.size
    _bias_relu_grad(delta.reshape(-1, K), a.reshape(-1, K), relu, out.reshape(-1, K), sums)
    sums.sum(axis=0, out=db)


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
