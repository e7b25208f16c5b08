"""Max pooling with windows of 2 x 2 side by side: "pairs" of rows and columns.

Each entry is read once, and the vectors are always full. Where one reaches beyond the last channel, it takes in the
next pixel's first ones, whose right values are written over it a moment later; only the end of a row is done one
channel at a time, as a tile of one lane.
"""

from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from chainrule.kernels.compiled.conv_geometry import Index
from chainrule.kernels.simd.call import address, call, code_address, load_args, packed_args, store_args
from chainrule.kernels.simd.copying import zero
from chainrule.kernels.simd.cpu import registers
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.parallel import parallel_for
from chainrule.kernels.simd.pooling import masked_store, max_of_four
from chainrule.kernels.simd.tile import Tile, width
from chainrule.shapes import Axis

__all__ = ["PoolArgs", "in_pairs", "pairs_max_grad_rows", "pairs_max_row", "pairs_plan", "run_pairs", "vector_nests"]

ANY = 64  # lanes, as many as a vector of any CPU may have: pairs need not end with the channels of one pixel


class Nests(NamedTuple):
    """Codes of a loop over the windows of a row, for vectors of `lanes` and for one lane."""

    vector: int
    single: int
    lanes: int


@cache
def vector_nests(nest: Any, dtype: str, most_lanes: int) -> Nests:
    """The loop `nest` for the widest vectors that the CPU has, of at most so many lanes."""
    lanes = registers().size // np.dtype(dtype).itemsize
    while lanes > most_lanes:
        lanes //= 2
    single = code_address(nest, Tile(dtype, 1, 1, 1, 1))
    return Nests(code_address(nest, Tile(dtype, 1, 1, 1, lanes)), single, lanes)


class PoolArgs(NamedTuple):
    """Addresses of a plan and of the arrays; `source` is x forward and delta backward, `out` x's gradient backward."""

    plan: int
    source: int
    out: int
    winner: int


class RowArgs(NamedTuple):
    """Windows start to stop - 1 of a row: offsets of the two image rows that they meet, and of their own row."""

    image: int  # x forward, its gradient backward
    upper: int
    lower: int
    C: int
    start: int
    stop: int
    windows: int  # the windows' largest entries forward, delta backward
    winner: int
    offset: int


@jit
def pairs_row(tile, args):
    """The largest of each window, entries 0 and 1 of the upper image row, 2 and 3 of the lower one; and which."""
    a = load_args(RowArgs, args)
    for q in range(a.start, a.stop):
        for c in range(0, a.C, width(tile)):
            left = 2 * q * a.C + c
            offset = a.offset + q * a.C + c
            max_of_four(tile, a.image, a.upper + left, a.lower + left, a.C, a.windows, a.winner, offset)


@jit
def pairs_grad_row(tile, args):
    """The same windows backward: every entry of both image rows is written, from left to right."""
    a = load_args(RowArgs, args)
    for q in range(a.start, a.stop):
        for side in range(2):
            for c in range(0, a.C, width(tile)):
                offset, place = a.offset + q * a.C + c, (2 * q + side) * a.C + c
                masked_store(tile, a.windows, a.winner, offset, side, a.image, a.upper + place)
                masked_store(tile, a.windows, a.winner, offset, 2 + side, a.image, a.lower + place)


class PairsPlan(NamedTuple):
    """Pooling in pairs, but for its arrays; what is left of a row of windows is done one channel at a time."""

    vector: int
    single: int
    whole: int  # windows of a row that are done in vectors
    H: int
    W: int
    C: int
    P: int
    Q: int
    tasks: int
    work: int


@jit
def pairs_max_row(tile, task, args):
    """The windows of one row of out."""
    a = load_args(PoolArgs, args)
    plan = load_args(PairsPlan, a.plan)
    upper = (task // plan.P * plan.H + 2 * (task % plan.P)) * plan.W * plan.C
    for end in range(2):  # whole vectors, then the end of the row
        row_args = RowArgs(
            image=a.source,
            upper=upper,
            lower=upper + plan.W * plan.C,
            C=plan.C,
            start=plan.whole if end else 0,
            stop=plan.Q if end else plan.whole,
            windows=a.out,
            winner=a.winner,
            offset=task * plan.Q * plan.C,
        )
        call(plan.single if end else plan.vector, (store_args(row_args),))


@jit
def pairs_max_grad_rows(tile, task, args):
    """Two rows of out; leftover rows and columns get 0."""
    a = load_args(PoolArgs, args)
    plan = load_args(PairsPlan, a.plan)
    m = task // plan.P
    p = task - m * plan.P
    row = plan.W * plan.C
    upper = (m * plan.H + 2 * p) * row
    for end in range(2):  # whole vectors, then the end of the row
        row_args = RowArgs(
            image=a.out,
            upper=upper,
            lower=upper + row,
            C=plan.C,
            start=plan.whole if end else 0,
            stop=plan.Q if end else plan.whole,
            windows=a.source,
            winner=a.winner,
            offset=task * plan.Q * plan.C,
        )
        call(plan.single if end else plan.vector, (store_args(row_args),))
    for start in (upper, upper + row):
        zero(tile, a.out, start + 2 * plan.Q * plan.C, (plan.W - 2 * plan.Q) * plan.C)
    if p == plan.P - 1:
        zero(tile, a.out, (m * plan.H + 2 * plan.P) * row, (plan.H - 2 * plan.P) * row)


@jit
def run_pairs(loop, packed_plan, source, out, winner):
    """Pooling in pairs, forward or backward by the loop's task; `packed_plan` is a `PairsPlan`."""
    plan = load_args(PairsPlan, address(packed_plan))
    record = PoolArgs(plan=address(packed_plan), source=address(source), out=address(out), winner=address(winner))
    parallel_for(loop, plan.tasks, plan.work, store_args(record))


def in_pairs(rows: Axis, columns: Axis) -> bool:
    """Whether windows are 2 x 2 side by side, all of them on the image."""
    return all(
        axis.window == axis.stride == 2 and axis.before == 0 and 2 * axis.output <= axis.size
        for axis in (rows, columns)
    )


@lru_cache(maxsize=64)
def pairs_plan(rows: Axis, columns: Axis, M: int, C: int, dtype: str, backward: bool) -> Index:
    """The packed `PairsPlan` for M images of C channels."""
    nests = vector_nests(pairs_grad_row if backward else pairs_row, dtype, ANY)
    # The vectors of the last window that is done in vectors must not reach beyond the row.
    spare = columns.output * C - -(-C // nests.lanes) * nests.lanes
    plan = PairsPlan(
        vector=nests.vector,
        single=nests.single,
        whole=spare // C + 1 if C and spare >= 0 else 0,
        H=rows.size,
        W=columns.size,
        C=C,
        P=rows.output,
        Q=columns.output,
        tasks=M * rows.output,
        work=M * rows.size * columns.size * C // 4,  # 4 numbers of the image in a nanosecond
    )
    return packed_args(plan)
