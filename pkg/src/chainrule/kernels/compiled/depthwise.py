"""Depthwise convolution: loops that LLVM makes vectors of, because the innermost ones run over channels.

Each channel is a multiplication for each entry of the window, not a sum over channels: reading and writing take the
time, and register tiles would gain little. Indices: n is the map of a channel, h and v the position on the image.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numba import prange

from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.threads import limit_threads, restore_threads
from chainrule.shapes import Axis

__all__ = ["depthwise", "depthwise_grad_filter", "depthwise_grad_input"]

Array: TypeAlias = npt.NDArray[np.floating]


@jit(parallel=True)
def _depthwise(x, w, rows, columns, out):
    """Each thread owns rows of out."""
    M, H, W, C = x.shape
    R, S, _, N = w.shape
    P, Q = out.shape[1:3]
    allowed = limit_threads(out.size * R * S)
    for task in prange(M * P):
        m = task // P
        p = task - m * P
        for q in range(Q):
            z = out[m, p, q].reshape(C, N)  # a view: the N maps of a channel lie side by side
            z[:] = 0
            for r in range(R):
                h = p * rows.stride + r * rows.dilation - rows.before
                if h < 0 or h >= H:  # the padding is 0 and adds nothing
                    continue
                for s in range(S):
                    v = q * columns.stride + s * columns.dilation - columns.before
                    if 0 <= v < W:
                        for c in range(C):
                            for n in range(N):
                                z[c, n] += x[m, h, v, c] * w[r, s, c, n]
    restore_threads(allowed)


@jit(parallel=True)
def _depthwise_grad_input(delta, w, rows, columns, out):
    """Each thread owns an image of out and scatters every delta over what its window met."""
    M, H, W, C = out.shape
    R, S, _, N = w.shape
    P, Q = delta.shape[1:3]
    allowed = limit_threads(delta.size * R * S)
    for m in prange(M):  # not rows: windows of neighbouring rows meet the same inputs
        out[m] = 0
        for p in range(P):
            for q in range(Q):
                d = delta[m, p, q].reshape(C, N)
                for r in range(R):
                    h = p * rows.stride + r * rows.dilation - rows.before
                    if h < 0 or h >= H:
                        continue
                    for s in range(S):
                        v = q * columns.stride + s * columns.dilation - columns.before
                        if 0 <= v < W:
                            for c in range(C):
                                for n in range(N):
                                    out[m, h, v, c] += d[c, n] * w[r, s, c, n]
    restore_threads(allowed)


@jit(parallel=True)
def _depthwise_grad_filter(x, delta, rows, columns, out):
    """Each thread owns filter entries, and sums over images and positions in order."""
    M, H, W, C = x.shape
    R, S, _, N = out.shape
    P, Q = delta.shape[1:3]
    allowed = limit_threads(delta.size * R * S)
    for task in prange(R * S):  # not images: a sum over them in a fixed order has the same bits for any threads
        r = task // S
        s = task - r * S
        total = out[r, s]
        total[:] = 0
        for m in range(M):
            for p in range(P):
                h = p * rows.stride + r * rows.dilation - rows.before
                if h < 0 or h >= H:
                    continue
                for q in range(Q):
                    v = q * columns.stride + s * columns.dilation - columns.before
                    if 0 <= v < W:
                        d = delta[m, p, q].reshape(C, N)
                        for c in range(C):
                            for n in range(N):
                                total[c, n] += x[m, h, v, c] * d[c, n]
    restore_threads(allowed)


def depthwise(x: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """out[m, p, q, c · N + n] = sum over r, s of x[m, h, v, c] · w[r, s, c, n]."""
    _depthwise(x, w, rows, columns, out)


def depthwise_grad_input(delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Each input entry collects delta · w from the maps of its own channel."""
    _depthwise_grad_input(delta, w, rows, columns, out)


def depthwise_grad_filter(x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """out[r, s, c, n] = sum over m, p, q of x[m, h, v, c] · delta[m, p, q, c · N + n], in a fixed order."""
    _depthwise_grad_filter(x, delta, rows, columns, out)
