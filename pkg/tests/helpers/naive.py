"""The definitions of the operations, position by position: nothing is shared with the package.

Slow on purpose and NHWC only. A position outside of the image is zero for convolutions and does not exist for pools.
"""

import itertools
import math

import numpy as np


def positions(size, window, stride, dilation, before, after):
    """Output positions of one axis, by trying them one after the other."""
    count = 0
    while count * stride + (window - 1) * dilation < size + before + after:
        count += 1
    return count


def same(size, window, stride, dilation):
    """TensorFlow's SAME: ceil(size / stride) positions, the odd zero after."""
    needed = (math.ceil(size / stride) - 1) * stride + (window - 1) * dilation + 1
    total = max(needed - size, 0)
    return total // 2, total - total // 2


def sides(padding, size, window, strides, dilations):
    if padding == "VALID":
        return (0, 0), (0, 0)
    if padding == "SAME":
        return tuple(same(*axis) for axis in zip(size, window, strides, dilations, strict=True))
    return padding


def meetings(size, window, strides, padding, dilations):
    """Every (p, q, r, s, h, w): output position, window entry, and the input position that meets there."""
    (top, bottom), (left, right) = sides(padding, size, window, strides, dilations)
    P = positions(size[0], window[0], strides[0], dilations[0], top, bottom)
    Q = positions(size[1], window[1], strides[1], dilations[1], left, right)
    found = []
    for p, q, r, s in itertools.product(range(P), range(Q), range(window[0]), range(window[1])):
        h = p * strides[0] + r * dilations[0] - top
        w = q * strides[1] + s * dilations[1] - left
        if 0 <= h < size[0] and 0 <= w < size[1]:
            found.append((p, q, r, s, h, w))
    return P, Q, found


def conv2d(x, w, strides, padding, dilations):
    P, Q, met = meetings(x.shape[1:3], w.shape[:2], strides, padding, dilations)
    z = np.zeros((x.shape[0], P, Q, w.shape[3]), x.dtype)
    for p, q, r, s, i, j in met:
        z[:, p, q, :] += np.einsum("mc,ck->mk", x[:, i, j, :], w[r, s])
    return z


def conv2d_grads(x, w, delta, strides, padding, dilations):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for p, q, r, s, i, j in meetings(x.shape[1:3], w.shape[:2], strides, padding, dilations)[2]:
        dx[:, i, j, :] += np.einsum("mk,ck->mc", delta[:, p, q, :], w[r, s])
        dw[r, s] += np.einsum("mk,mc->ck", delta[:, p, q, :], x[:, i, j, :])
    return dx, dw


def block_diagonal(w):
    """A depthwise filter (R, S, C, multiplier) as an ordinary one (R, S, C, C · multiplier), zero between channels."""
    R, S, C, multiplier = w.shape
    full = np.zeros((R, S, C, C * multiplier), w.dtype)
    for c in range(C):
        full[:, :, c, c * multiplier : (c + 1) * multiplier] = w[:, :, c]
    return full


def pool_windows(x, window, strides, padding):
    """For each output position, the row-major list of (index in the window, input row, input column)."""
    P, Q, met = meetings(x.shape[1:3], window, strides, padding, (1, 1))
    windows = {(p, q): [] for p in range(P) for q in range(Q)}
    for p, q, r, s, i, j in met:
        windows[p, q].append((r * window[1] + s, i, j))
    return P, Q, windows


def max_pool2d(x, window, strides, padding):
    P, Q, windows = pool_windows(x, window, strides, padding)
    out = np.zeros((x.shape[0], P, Q, x.shape[3]), x.dtype)
    winner = np.zeros(out.shape, np.int64)
    for (p, q), entries in windows.items():
        for m, c in np.ndindex(x.shape[0], x.shape[3]):
            best = None
            for index, i, j in entries:
                value = x[m, i, j, c]
                if best is None or value > best or (math.isnan(value) and not math.isnan(best)):
                    best, winner[m, p, q, c] = value, index
            out[m, p, q, c] = best
    return out, winner


def max_pool2d_grad(x, delta, window, strides, padding):
    _, winner = max_pool2d(x, window, strides, padding)
    dx = np.zeros_like(x)
    for (p, q), entries in pool_windows(x, window, strides, padding)[2].items():
        for (index, i, j), m, c in itertools.product(entries, range(x.shape[0]), range(x.shape[3])):
            if winner[m, p, q, c] == index:
                dx[m, i, j, c] += delta[m, p, q, c]
    return dx


def avg_pool2d(x, window, strides, padding):
    P, Q, windows = pool_windows(x, window, strides, padding)
    out = np.zeros((x.shape[0], P, Q, x.shape[3]), x.dtype)
    for (p, q), entries in windows.items():
        for m, c in np.ndindex(x.shape[0], x.shape[3]):
            out[m, p, q, c] = sum(x[m, i, j, c] for _, i, j in entries) / len(entries)
    return out


def avg_pool2d_grad(x, delta, window, strides, padding):
    dx = np.zeros_like(x)
    for (p, q), entries in pool_windows(x, window, strides, padding)[2].items():
        for _, i, j in entries:
            dx[:, i, j, :] += delta[:, p, q, :] / len(entries)
    return dx
