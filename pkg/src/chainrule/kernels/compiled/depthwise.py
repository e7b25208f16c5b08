"""Depthwise convolution: the innermost loop runs over channels, which lie one after the other."""

from numba import prange

from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.threads import disband, team

__all__ = ["depthwise", "depthwise_grad_filter", "depthwise_grad_input"]


@jit(parallel=True)
def depthwise(x, w, rows, columns, out):
    """out[m, p, q, c, n] = sum over r, s of x[m, h, v, c] * w[r, s, c, n]; each thread owns rows of out."""
    M, H, W, C = x.shape
    R, S, _, N = w.shape
    P, Q = out.shape[1:3]
    before = team(out.size * R * S)
    for task in prange(M * P):
        m = task // P
        p = task - m * P
        for q in range(Q):
            z = out[m, p, q].reshape(C, N)
            z[:] = 0
            for r in range(R):
                h = p * rows.stride + r * rows.dilation - rows.before
                if h < 0 or h >= H:
                    continue
                for s in range(S):
                    v = q * columns.stride + s * columns.dilation - columns.before
                    if 0 <= v < W:
                        for c in range(C):
                            for n in range(N):
                                z[c, n] += x[m, h, v, c] * w[r, s, c, n]
    disband(before)


@jit(parallel=True)
def depthwise_grad_input(delta, w, rows, columns, out):
    """Each thread owns an image of out and scatters every delta over what its window met."""
    M, H, W, C = out.shape
    R, S, _, N = w.shape
    P, Q = delta.shape[1:3]
    before = team(delta.size * R * S)
    for m in prange(M):
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
    disband(before)


@jit(parallel=True)
def depthwise_grad_filter(x, delta, rows, columns, out):
    """Each thread owns filter entries, and sums over images and positions in order."""
    M, H, W, C = x.shape
    R, S, _, N = out.shape
    P, Q = delta.shape[1:3]
    before = team(delta.size * R * S)
    for task in prange(R * S):
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
    disband(before)
