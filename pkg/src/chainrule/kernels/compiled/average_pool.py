"""Average pooling: loops that LLVM makes vectors of, because the innermost one runs over channels."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numba import prange

from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.threads import limit_threads, restore_threads
from chainrule.shapes import Axis

__all__ = ["average_pool", "average_pool_grad"]

Array: TypeAlias = npt.NDArray[np.floating]


@jit(parallel=True)
def _average_pool(x, rows, columns, out):
    """Each thread owns rows of out."""
    M, H, W, C = x.shape
    P, Q = out.shape[1:3]
    allowed = limit_threads(out.size * rows.window * columns.window // 2)
    for task in prange(M * P):
        m = task // P
        p = task - m * P
        top = p * rows.stride - rows.before
        for q in range(Q):
            left = q * columns.stride - columns.before
            mean = out[m, p, q]  # a view: the sums of all channels, one after the other
            mean[:] = 0
            count = 0
            for h in range(max(top, 0), min(top + rows.window, H)):
                for v in range(max(left, 0), min(left + columns.window, W)):
                    count += 1
                    for c in range(C):
                        mean[c] += x[m, h, v, c]
            for c in range(C):
                mean[c] /= out.dtype.type(count)  # an integer would make it a division in float64
    restore_threads(allowed)


@jit(parallel=True)
def _average_pool_grad(delta, rows, columns, out):
    """Each thread owns an image of out and spreads every delta over its window."""
    M, H, W, C = out.shape
    P, Q = delta.shape[1:3]
    allowed = limit_threads(delta.size * rows.window * columns.window // 2)
    for m in prange(M):  # not rows: windows of neighbouring rows may overlap, and two threads would add to one entry
        out[m] = 0
        for p in range(P):
            top = p * rows.stride - rows.before
            for q in range(Q):
                left = q * columns.stride - columns.before
                h_start, h_stop = max(top, 0), min(top + rows.window, H)
                v_start, v_stop = max(left, 0), min(left + columns.window, W)
                weight = out.dtype.type(1) / out.dtype.type((h_stop - h_start) * (v_stop - v_start))
                for h in range(h_start, h_stop):
                    for v in range(v_start, v_stop):
                        for c in range(C):
                            out[m, h, v, c] += delta[m, p, q, c] * weight
    restore_threads(allowed)


def average_pool(x: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Mean of the entries of each window that lie on the image."""
    _average_pool(x, rows, columns, out)


def average_pool_grad(delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Each delta is spread evenly over the entries of its window that lie on the image."""
    _average_pool_grad(delta, rows, columns, out)
