"""Work for all threads: one parallel loop, compiled once, to which every kernel on tiles gives its tasks.

Numba takes a second and more to compile a `prange` with a body and arrays, and most of a first training step was that.
So the body is a function of its own, a *task*, and the loop calls it by its address. A task is given one number of the
dtype as a tile, for the verbs; its own number; and the address of the kernel's arguments (see `call`):

    @jit
    def pad_row(tile, task, args):
        a = load_args(PadArgs, args)
        ...

    @jit
    def pad(loop, x, ...):                                     # loop: parallel_loop(pad_row, "float32")
        parallel_for(loop, tasks, work, store_args(PadArgs(x=address(x), ...)))

`work` is the time of all tasks in nanoseconds of one thread, see `threads`. Each thread begins with a queue of tasks of
its own, the same whenever there are as many tasks, so that it often finds in its cache what it wrote before. When its
queue is empty it drains the others': one core may be half as fast, by its kind or because another process uses it too.
So it is open which thread runs which task. Two tasks must never write different values to one place.
"""

from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import prange
from numba.core import cgutils

from chainrule.kernels.simd.call import call, code_address
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.threads import limit_threads, restore_threads
from chainrule.kernels.simd.tile import Tile
from chainrule.kernels.simd.verbs import I64, INTP, machine_code

__all__ = ["TASKS", "parallel_for", "parallel_loop"]

TASKS = 16  # tasks that a kernel should have at least: enough for a handful of threads to share evenly
QUEUES = 64  # at most, one for each thread
BLOCKS = 8  # that a queue is drained in: few enough to be cheap, enough to leave something for others to take
LINE = 8  # integers of a cache line: counters on one line would make their threads wait for each other


def new_counters():
    """Address of a counter for each queue, 0 at first, until the caller returns."""
    return np.zeros(QUEUES * LINE, np.int64)


@machine_code(new_counters, lambda: INTP)
def _(context, builder, signature, values):
    room = cgutils.alloca_once(builder, ir.ArrayType(I64, QUEUES * LINE))
    cgutils.memset(builder, room, ir.Constant(I64, 8 * QUEUES * LINE), 0)
    return builder.ptrtoint(room, I64)


def fetch_add(counters, queue, count):
    """Add `count` to the counter of a queue, in one step for all threads; returns what it was before."""
    before = int(counters[queue * LINE])
    counters[queue * LINE] += count
    return before


@machine_code(fetch_add, lambda *integers: INTP)
def _(context, builder, signature, values):
    counters, queue, count = values
    start = builder.inttoptr(counters, I64.as_pointer())
    counter = builder.gep(start, [builder.mul(queue, ir.Constant(I64, LINE))])
    # "Monotonic", the weakest order: the counter is all that the threads share before the loop ends.
    return builder.atomic_rmw("add", counter, count, "monotonic")


@jit
def drain(code, tasks, queues, queue, counters, args):
    """Run tasks of one queue, a block at a time, until all are taken by this thread or another."""
    start, stop = tasks * queue // queues, tasks * (queue + 1) // queues
    block = max(1, (stop - start) // BLOCKS)
    task = start + fetch_add(counters, queue, block)
    while task < stop:
        for number in range(task, min(task + block, stop)):
            call(code, (number, args))
        task = start + fetch_add(counters, queue, block)


@jit(parallel=True)
def _loop(tile, code, tasks, work, args):
    allowed = limit_threads(work)
    queues, counters = min(QUEUES, allowed), new_counters()
    for own in prange(queues):
        # Its own queue first, then the next one: two threads that are done go to different queues.
        for further in range(queues):
            drain(code, tasks, queues, (own + further) % queues, counters, args)
    restore_threads(allowed)


@cache
def parallel_loop(task: Any, dtype: str = "float32") -> tuple[int, int]:
    """Addresses of the loop, and of a task for numbers of this dtype; tasks that handle none leave it out."""
    return code_address(_loop, Tile("float32", 1, 1, 1, 1)), code_address(task, Tile(dtype, 1, 1, 1, 1))


@jit
def parallel_for(loop, tasks, work, args):
    """Run tasks 0 to tasks - 1, each with the address of the same arguments."""
    # An address and not a record: it is compiled once, and its entry in the cache on disk names no kernel's classes.
    call(loop[0], (loop[1], tasks, work, args))
