"""Max and average pooling: the innermost loop runs over channels, which lie one after the other and vectorise.

The most common windows, 2 x 2 side by side, have loops of their own, in `_tile_pool`. The plain twins with the same
arguments are in `plain`.
"""

from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from numba import prange

from chainrule.kernels.compiled.tile_choice import float_name
from chainrule.kernels.simd.call import address, call, compiled
from chainrule.kernels.simd.copying import wipe
from chainrule.kernels.simd.cpu import registers
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import numbers, share, shared
from chainrule.kernels.simd.pooling import pairs_grad_row, pairs_row, windows_row
from chainrule.kernels.simd.threads import disband, team
from chainrule.kernels.simd.tile import Tile
from chainrule.shapes import Axis

__all__ = ["average_pool", "average_pool_grad", "max_pool", "max_pool_grad"]

Array: TypeAlias = npt.NDArray[np.floating]
Winner: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]


class Codes(NamedTuple):
    """A loop over the windows of a row, compiled for vectors of some lanes and for one lane."""

    vector: int
    single: int
    lanes: int


@cache
def _codes(nest: Any, dtype: str, most: int) -> Codes:
    """The widest vectors that the CPU has, of at most so many lanes."""
    lanes = registers().size // np.dtype(dtype).itemsize
    while lanes > most:
        lanes //= 2
    return Codes(compiled(nest, Tile(dtype, 1, 1, 1, lanes)), compiled(nest, Tile(dtype, 1, 1, 1, 1)), lanes)


@jit
def windows_max_row(tile, task, at):
    """The windows of one row of out, whole vectors of channels and then the rest."""
    (
        vector, single, whole, x, H, W, C, window, stride, before, s_window, s_stride, s_before, out, winner, P, Q,
    ) = numbers(at, 17)  # fmt: skip
    m = task // P
    top = (task - m * P) * stride - before
    first, last = max(top, 0), min(top + window, H)
    upper, number, to = (m * H + first) * W * C, (first - top) * s_window, task * Q * C
    call(vector, (
        x, upper, W, C, last - first, s_window, s_stride, s_before, 0, whole, Q, number, out, winner, to,
    ))  # fmt: skip
    call(single, (
        x, upper, W, C, last - first, s_window, s_stride, s_before, whole, C, Q, number, out, winner, to,
    ))  # fmt: skip


@jit
def _windows_max(crew, codes, x, rows, columns, out, winner):
    """First largest entry of each window and its row-major index; a NaN beats every number."""
    M, H, W, C = x.shape
    P, Q = out.shape[1:3]
    share(crew, M * P, out.size * rows.window * columns.window // 4, (
        codes.vector, codes.single, C // codes.lanes * codes.lanes, address(x), H, W, C,
        rows.window, rows.stride, rows.before, columns.window, columns.stride, columns.before,
        address(out), address(winner), P, Q,
    ))  # fmt: skip


@jit(inline="always")
def _larger(value, best):
    """Whether `value` takes the place of `best`; written without `or`, so that it is a select and not a branch."""
    return (value > best) | ((value != value) & (best == best))


@jit(parallel=True)
def _large_windows_max(x, rows, columns, out, winner):
    """The same for windows of more than 256 entries, whose numbers need 32 bits: LLVM makes vectors of these loops."""
    M, H, W, C = x.shape
    P, Q = out.shape[1:3]
    before = team(out.size * rows.window * columns.window // 2)
    for task in prange(M * P):
        m = task // P
        p = task - m * P
        for q in range(Q):
            best, index = out[m, p, q], winner[m, p, q]
            first = True
            for r in range(rows.window):
                h = p * rows.stride + r - rows.before
                if h < 0 or h >= H:
                    continue
                for s in range(columns.window):
                    v = q * columns.stride + s - columns.before
                    if v < 0 or v >= W:
                        continue
                    seen = x[m, h, v]
                    number = winner.dtype.type(r * columns.window + s)
                    if first:
                        first = False
                        for c in range(C):
                            best[c] = seen[c]
                            index[c] = number
                    else:
                        for c in range(C):
                            larger = _larger(seen[c], best[c])
                            best[c] = seen[c] if larger else best[c]
                            index[c] = number if larger else index[c]
    disband(before)


@jit(parallel=True)
def _windows_max_grad(delta, winner, rows, columns, out):
    """Each thread owns rows of out and gathers the deltas of the windows that an entry won."""
    M, H, W, C = out.shape
    P, Q = delta.shape[1:3]
    before = team(delta.size * rows.window * columns.window // 2)
    for task in prange(M * H):
        m = task // H
        h = task - m * H
        row = out[m, h]
        row[:] = 0
        first = max(0, -((rows.window - 1 - h - rows.before) // rows.stride))
        last = min(P - 1, (h + rows.before) // rows.stride)
        for p in range(first, last + 1):
            r = h + rows.before - p * rows.stride
            for q in range(Q):
                d, index = delta[m, p, q], winner[m, p, q]
                for s in range(columns.window):
                    v = q * columns.stride + s - columns.before
                    if v < 0 or v >= W:
                        continue
                    number = winner.dtype.type(r * columns.window + s)
                    g = row[v]
                    for c in range(C):
                        g[c] += d[c] if index[c] == number else d.dtype.type(0)
    disband(before)


@jit
def _whole(Q, C, lanes):
    """How many windows of a row can be done in vectors: the last of them must not reach beyond the row."""
    spare = Q * C - (C + lanes - 1) // lanes * lanes
    return spare // C + 1 if C and spare >= 0 else 0


@jit
def pairs_max_row(tile, task, at):
    """The windows of one row of out."""
    vector, single, whole, x, H, W, C, out, winner, P, Q = numbers(at, 11)
    upper = (task // P * H + 2 * (task % P)) * W * C
    lower, to = upper + W * C, task * Q * C
    call(vector, (x, upper, lower, C, 0, whole, out, winner, to))
    call(single, (x, upper, lower, C, whole, Q, out, winner, to))


@jit
def _pairs_max(crew, codes, x, out, winner):
    """Windows of 2 x 2 side by side."""
    M, P, Q, C = out.shape
    H, W = x.shape[1:3]
    share(crew, M * P, x.size // 4, (
        codes.vector, codes.single, _whole(Q, C, codes.lanes), address(x), H, W, C, address(out), address(winner), P, Q,
    ))  # fmt: skip


@jit
def pairs_max_grad_rows(tile, task, at):
    """Two rows of out; leftover rows and columns get 0."""
    vector, single, whole, delta, winner, P, Q, C, out, H, W = numbers(at, 11)
    m = task // P
    p = task - m * P
    upper = (m * H + 2 * p) * W * C
    lower, start = upper + W * C, task * Q * C
    call(vector, (delta, winner, start, C, 0, whole, out, upper, lower))
    call(single, (delta, winner, start, C, whole, Q, out, upper, lower))
    for row in (upper, lower):
        wipe(tile, out, row + 2 * Q * C, (W - 2 * Q) * C)
    if p == P - 1:
        wipe(tile, out, (m * H + 2 * P) * W * C, (H - 2 * P) * W * C)


@jit
def _pairs_max_grad(crew, codes, delta, winner, out):
    """Windows of 2 x 2 side by side: every entry of out is written once."""
    M, P, Q, C = delta.shape
    H, W = out.shape[1:3]
    share(crew, M * P, out.size // 4, (
        codes.vector, codes.single, _whole(Q, C, codes.lanes), address(delta), address(winner), P, Q, C,
        address(out), H, W,
    ))  # fmt: skip


def _in_pairs(rows: Axis, columns: Axis) -> bool:
    return all(
        axis.window == axis.stride == 2 and axis.before == 0 and 2 * axis.output <= axis.size
        for axis in (rows, columns)
    )


def max_pool(x: Array, rows: Axis, columns: Axis, out: Array, winner: Winner) -> None:
    """First largest entry of each window and its row-major index; a NaN beats every number."""
    if _in_pairs(rows, columns):
        _pairs_max(shared(pairs_max_row), _codes(pairs_row, float_name(x), 64), x, out, winner)
    elif winner.dtype == np.uint8:
        codes = _codes(windows_row, float_name(x), max(x.shape[3], 1))
        _windows_max(shared(windows_max_row), codes, x, rows, columns, out, winner)
    else:
        _large_windows_max(x, rows, columns, out, winner)


def max_pool_grad(delta: Array, winner: Winner, rows: Axis, columns: Axis, out: Array) -> None:
    """Each delta goes to the entry that won; overlapping windows add up."""
    if _in_pairs(rows, columns):
        dtype = float_name(delta)
        _pairs_max_grad(shared(pairs_max_grad_rows, dtype), _codes(pairs_grad_row, dtype, 64), delta, winner, out)
    else:
        _windows_max_grad(delta, winner, rows, columns, out)


@jit(parallel=True)
def average_pool(x, rows, columns, out):
    """Mean of the entries of each window that lie on the image; each thread owns rows of out."""
    M, H, W, C = x.shape
    P, Q = out.shape[1:3]
    before = team(out.size * rows.window * columns.window // 2)
    for task in prange(M * P):
        m = task // P
        p = task - m * P
        top = p * rows.stride - rows.before
        for q in range(Q):
            left = q * columns.stride - columns.before
            mean = out[m, p, q]
            mean[:] = 0
            count = 0
            for h in range(max(top, 0), min(top + rows.window, H)):
                for v in range(max(left, 0), min(left + columns.window, W)):
                    count += 1
                    for c in range(C):
                        mean[c] += x[m, h, v, c]
            for c in range(C):
                mean[c] /= out.dtype.type(count)
    disband(before)


@jit(parallel=True)
def average_pool_grad(delta, rows, columns, out):
    """Each thread owns an image of out and spreads every delta over its window."""
    M, H, W, C = out.shape
    P, Q = delta.shape[1:3]
    before = team(delta.size * rows.window * columns.window // 2)
    for m in prange(M):
        out[m] = 0
        for p in range(P):
            top = p * rows.stride - rows.before
            for q in range(Q):
                left = q * columns.stride - columns.before
                first, last = max(top, 0), min(top + rows.window, H)
                start, end = max(left, 0), min(left + columns.window, W)
                share = out.dtype.type(1) / out.dtype.type((last - first) * (end - start))
                for h in range(first, last):
                    for v in range(start, end):
                        for c in range(C):
                            out[m, h, v, c] += delta[m, p, q, c] * share
    disband(before)
