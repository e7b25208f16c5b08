"""Max pooling: a vector of channels, which lie one after the other, at a time.

The most common windows, 2 x 2 side by side, have loops of their own in `max_pool_pairs`.
"""

from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from numba import prange

from chainrule.kernels.compiled.conv_geometry import Index
from chainrule.kernels.compiled.max_pool_pairs import (
    PoolArgs,
    in_pairs,
    pairs_max_grad_rows,
    pairs_max_row,
    pairs_plan,
    run_pairs,
    vector_nests,
)
from chainrule.kernels.compiled.tile_choice import dtype_name
from chainrule.kernels.simd.call import address, call, load_args, packed_args, store_args
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import parallel_for, parallel_loop
from chainrule.kernels.simd.pooling import no_winner, store_winner, take_larger
from chainrule.kernels.simd.threads import limit_threads, restore_threads
from chainrule.kernels.simd.tile import width
from chainrule.shapes import Axis

__all__ = ["max_pool", "max_pool_grad"]

Array: TypeAlias = npt.NDArray[np.floating]
Winner: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]


class WindowsArgs(NamedTuple):
    """Channels c_start to c_stop - 1 of a row of Q windows, which meet `rows` rows of the image (W, C) from `upper` on.

    `number` is the index in its window of the first entry of the first of these rows.
    """

    x: int
    upper: int
    W: int
    C: int
    rows: int  # of the window that lie on the image
    window: int
    stride: int
    before: int  # padding to the left
    c_start: int
    c_stop: int  # a multiple of the tile's lanes after c_start
    Q: int
    number: int
    out: int
    winner: int
    offset: int


@jit
def windows_row(tile, args):
    """The largest entry of each window of a row, and its number."""
    a = load_args(WindowsArgs, args)
    for q in range(a.Q):
        left = q * a.stride - a.before
        # Entries that lie on the image; the padding never wins.
        s_start, s_stop = max(0, -left), min(a.window, a.W - left)
        for c in range(a.c_start, a.c_stop, width(tile)):
            best = no_winner(tile, a.number + s_start)
            for r in range(a.rows):
                for s in range(s_start, s_stop):
                    offset = a.upper + (r * a.W + left + s) * a.C + c
                    best = take_larger(tile, best, a.x, offset, a.number + r * a.window + s)
            store_winner(tile, best, a.out, a.winner, a.offset + q * a.C + c)


class WindowsPlan(NamedTuple):
    """Max pooling with any window of at most 256 entries, but for its arrays."""

    vector: int
    single: int
    whole: int  # channels that fill vectors; the others go one by one
    H: int
    W: int
    C: int
    window: int  # along the rows of an image, from top to bottom
    stride: int
    before: int
    s_window: int  # along the columns, from left to right
    s_stride: int
    s_before: int
    P: int
    Q: int
    tasks: int
    work: int


@jit
def windows_max_row(tile, task, args):
    """The windows of one row of out, whole vectors of channels and then the rest."""
    a = load_args(PoolArgs, args)
    plan = load_args(WindowsPlan, a.plan)
    m = task // plan.P
    top = (task - m * plan.P) * plan.stride - plan.before
    start, stop = max(top, 0), min(top + plan.window, plan.H)
    for end in range(2):  # whole vectors, then the channels that are left
        row_args = WindowsArgs(
            x=a.source,
            upper=(m * plan.H + start) * plan.W * plan.C,
            W=plan.W,
            C=plan.C,
            rows=stop - start,
            window=plan.s_window,
            stride=plan.s_stride,
            before=plan.s_before,
            c_start=plan.whole if end else 0,
            c_stop=plan.C if end else plan.whole,
            Q=plan.Q,
            number=(start - top) * plan.s_window,
            out=a.out,
            winner=a.winner,
            offset=task * plan.Q * plan.C,
        )
        call(plan.single if end else plan.vector, (store_args(row_args),))


@jit
def run_windows(loop, packed_plan, x, out, winner):
    """Max pooling over windows of any kind; `packed_plan` is a `WindowsPlan`."""
    plan = load_args(WindowsPlan, address(packed_plan))
    record = PoolArgs(plan=address(packed_plan), source=address(x), out=address(out), winner=address(winner))
    parallel_for(loop, plan.tasks, plan.work, store_args(record))


@lru_cache(maxsize=64)
def _windows_plan(rows: Axis, columns: Axis, M: int, C: int, dtype: str) -> Index:
    nests = vector_nests(windows_row, dtype, max(C, 1))
    plan = WindowsPlan(
        vector=nests.vector,
        single=nests.single,
        whole=C // nests.lanes * nests.lanes,
        H=rows.size,
        W=columns.size,
        C=C,
        window=rows.window,
        stride=rows.stride,
        before=rows.before,
        s_window=columns.window,
        s_stride=columns.stride,
        s_before=columns.before,
        P=rows.output,
        Q=columns.output,
        tasks=M * rows.output,
        work=M * rows.output * columns.output * C * rows.window * columns.window // 4,  # 4 comparisons in a nanosecond
    )
    return packed_args(plan)


@jit(inline="always")
def _larger(value, best):
    """Whether `value` takes the place of `best`; written without `or`, so that it is a select and not a branch."""
    return (value > best) | ((value != value) & (best == best))  # a NaN differs from itself


@jit(parallel=True)
def _large_windows_max(x, rows, columns, out, winner):
    """Windows of more than 256 entries, whose numbers need 32 bits: LLVM makes vectors of these loops by itself."""
    M, H, W, C = x.shape
    P, Q = out.shape[1:3]
    allowed = limit_threads(out.size * rows.window * columns.window // 2)
    for task in prange(M * P):
        m = task // P
        p = task - m * P
        for q in range(Q):
            best, best_number = out[m, p, q], winner[m, p, q]
            first = True
            for r in range(rows.window):
                h = p * rows.stride + r - rows.before
                if h < 0 or h >= H:  # the padding never wins
                    continue
                for s in range(columns.window):
                    v = q * columns.stride + s - columns.before
                    if v < 0 or v >= W:
                        continue
                    entry = x[m, h, v]
                    number = winner.dtype.type(r * columns.window + s)
                    if first:
                        first = False  # whatever it is: a window of minus infinities has a winner too
                        for c in range(C):
                            best[c] = entry[c]
                            best_number[c] = number
                    else:
                        for c in range(C):
                            larger = _larger(entry[c], best[c])
                            best[c] = entry[c] if larger else best[c]
                            best_number[c] = number if larger else best_number[c]
    restore_threads(allowed)


@jit(parallel=True)
def _windows_max_grad(delta, winner, rows, columns, out):
    """Each thread owns rows of out and gathers the deltas of the windows that an entry won."""
    M, H, W, C = out.shape
    P, Q = delta.shape[1:3]
    allowed = limit_threads(delta.size * rows.window * columns.window // 2)
    for task in prange(M * H):
        m = task // H
        h = task - m * H
        row = out[m, h]
        row[:] = 0
        # The windows that meet row h.
        start = max(0, -((rows.window - 1 - h - rows.before) // rows.stride))
        stop = min(P, (h + rows.before) // rows.stride + 1)
        for p in range(start, stop):
            r = h + rows.before - p * rows.stride
            for q in range(Q):
                d, best_number = delta[m, p, q], winner[m, p, q]
                for s in range(columns.window):
                    v = q * columns.stride + s - columns.before
                    if v < 0 or v >= W:
                        continue
                    number = winner.dtype.type(r * columns.window + s)
                    g = row[v]
                    for c in range(C):
                        g[c] += d[c] if best_number[c] == number else d.dtype.type(0)
    restore_threads(allowed)


def max_pool(x: Array, rows: Axis, columns: Axis, out: Array, winner: Winner) -> None:
    """First largest entry of each window and its row-major index; a NaN beats every number."""
    dtype = dtype_name(x)
    if in_pairs(rows, columns):
        plan = pairs_plan(rows, columns, len(x), x.shape[3], dtype, backward=False)
        run_pairs(parallel_loop(pairs_max_row), plan, x, out, winner)
    elif winner.dtype == np.uint8:
        plan = _windows_plan(rows, columns, len(x), x.shape[3], dtype)
        run_windows(parallel_loop(windows_max_row), plan, x, out, winner)
    else:
        _large_windows_max(x, rows, columns, out, winner)


def max_pool_grad(delta: Array, winner: Winner, rows: Axis, columns: Axis, out: Array) -> None:
    """Each delta goes to the entry that won; overlapping windows add up."""
    if in_pairs(rows, columns):
        dtype = dtype_name(delta)
        plan = pairs_plan(rows, columns, len(out), out.shape[3], dtype, backward=True)
        run_pairs(parallel_loop(pairs_max_grad_rows, dtype), plan, delta, out, winner)
    else:
        _windows_max_grad(delta, winner, rows, columns, out)
