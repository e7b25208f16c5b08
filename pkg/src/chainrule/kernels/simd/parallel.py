"""Work for all threads: one parallel loop, compiled once, to which every kernel on tiles gives its tasks.

Numba takes a second and more to compile a `prange` with a body and arrays, and most of a first training step was that.
So the body is a function of its own, a *task*, and the loop calls it by its address. A task is given one number of the
dtype as a tile, for the verbs, its own number, and the address of the kernel's integers:

    @jit
    def pad_row(tile, task, at):
        source, height, ... = numbers(at, 8)

    @jit
    def pad(crew, source, ...):                         # crew: shared(pad_row, "float32")
        share(crew, tasks, work, (address(source), height, ...))

`work` is in nanoseconds of one thread, see `_team`. Each thread begins with a range of tasks of its own, the same
whenever there are as many tasks, so that it often finds in its cache what it wrote before. When it is done it helps
the others: one core may be half as fast, by its kind or because somebody else uses it too. So nobody knows which thread
does which task: a task writes what no other one writes, or the same.
"""

from functools import cache
from typing import Any

import numba
from llvmlite import ir
from numba import prange, types
from numba.core import cgutils
from numba.extending import intrinsic

from chainrule.kernels.simd.call import call, compiled
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.threads import disband, team
from chainrule.kernels.simd.tile import Tile
from chainrule.kernels.simd.vector import I64, INTP

__all__ = ["TASKS", "numbers", "share", "shared"]

TASKS = 16  # pieces of work to share out: enough for a handful of threads
RANGES = 64  # at most, each with a counter on a cache line of its own
PIECES = 8  # in which a range is taken: few enough to be cheap, enough to leave something to help with
LINE = 8  # integers of a cache line


@intrinsic
def stack(context, integers):
    """Address of a tuple of integers, laid out one after the other until the caller returns."""

    def emit(target, builder, signature, arguments):
        count = signature.args[0].count
        room = builder.alloca(ir.ArrayType(I64, count))
        start = builder.bitcast(room, I64.as_pointer())
        for n in range(count):
            builder.store(builder.extract_value(arguments[0], n), builder.gep(start, [ir.Constant(I64, n)]))
        return builder.ptrtoint(room, I64)

    return INTP(integers), emit


@intrinsic(prefer_literal=True)
def numbers(context, at, count):
    """The tuple again; its length must be known at compile time."""

    def emit(target, builder, signature, arguments):
        start = builder.inttoptr(arguments[0], I64.as_pointer())
        values = [builder.load(builder.gep(start, [ir.Constant(I64, n)])) for n in range(count.literal_value)]
        return target.make_tuple(builder, signature.return_type, values)

    return types.UniTuple(INTP, count.literal_value)(at, count), emit


@intrinsic
def counters(context, tile):
    """Address of a counter for each range, 0 at first, until the caller returns."""

    def emit(target, builder, signature, arguments):
        room = builder.alloca(ir.ArrayType(I64, RANGES * LINE))
        cgutils.memset(builder, room, ir.Constant(I64, 8 * RANGES * LINE), 0)
        return builder.ptrtoint(room, I64)

    return INTP(tile), emit


@intrinsic
def take(context, counted, owner, count):
    """Count on in a range, whoever else does; returns how far it was before."""

    def emit(target, builder, signature, arguments):
        counted, owner, count = arguments
        start = builder.inttoptr(counted, I64.as_pointer())
        counter = builder.gep(start, [builder.mul(owner, ir.Constant(I64, LINE))])
        return builder.atomic_rmw("add", counter, count, "monotonic")

    return INTP(INTP, INTP, INTP), emit


if numba.config.DISABLE_JIT:
    from chainrule.kernels.simd.in_python import counters, numbers, stack
    from chainrule.kernels.simd.in_python import take_some as take


@jit
def work_off(code, tasks, ranges, owner, counted, at):
    """Tasks of one range, a piece at a time, until all are taken."""
    first, last = tasks * owner // ranges, tasks * (owner + 1) // ranges
    piece = max(1, (last - first) // PIECES)
    task = first + take(counted, owner, piece)
    while task < last:
        for number in range(task, min(task + piece, last)):
            call(code, (number, at))
        task = first + take(counted, owner, piece)


@jit(parallel=True)
def _loop(tile, code, tasks, work, at):
    before = team(work)
    ranges, counted = min(RANGES, before), counters(tile)
    for own in prange(ranges):
        for further in range(ranges):
            work_off(code, tasks, ranges, (own + further) % ranges, counted, at)
    disband(before)


@cache
def shared(task: Any, dtype: str = "float32") -> tuple[int, int]:
    """The code of the loop, and of a task for numbers of this dtype; tasks that handle none leave it out."""
    return compiled(_loop, Tile("float32", 1, 1, 1, 1)), compiled(task, Tile(dtype, 1, 1, 1, 1))


@jit
def share(crew, tasks, work, integers):
    """Run tasks 0 to tasks - 1, each with these integers."""
    call(crew[0], (crew[1], tasks, work, stack(integers)))
