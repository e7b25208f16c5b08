"""How many threads share a piece of work: all that the user lets work, or one where the work is little.

Threads that start together and wait for each other cost microseconds on idle cores, and a millisecond on busy ones: a
hundred times the work of a small convolution. A kernel says how much there is to do, and its `prange` follows:

    before = team(work)
    for task in prange(...):
        ...
    disband(before)

Numba's own `set_num_threads` does the same, but no kernel that calls it is kept in the cache on disk: it refers to a
function by its address in this process. The two here find it by its name.
"""

import numba
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

__all__ = ["disband", "team"]

WORTH = 30_000
I32, I64 = ir.IntType(32), ir.IntType(64)


@intrinsic
def team(context, work):
    """Leave work of less than WORTH nanoseconds of one thread to one; returns how many were allowed before."""

    def emit(target, builder, signature, arguments):
        get = cgutils.get_or_insert_function(builder.module, ir.FunctionType(I64, []), "get_num_threads")
        before = builder.trunc(builder.call(get, []), I32)  # an int in C; Numba too declares 64 bits
        (work,) = arguments
        with builder.if_then(builder.icmp_signed("<", work, ir.Constant(work.type, WORTH))):
            _allow(builder, ir.Constant(I32, 1))
        return before

    return types.int32(types.int64), emit


@intrinsic
def disband(context, before):
    """Allow as many threads as before."""

    def emit(target, builder, signature, arguments):
        _allow(builder, arguments[0])
        return target.get_dummy_value()

    return types.void(types.int32), emit


def _allow(builder, count):
    kind = ir.FunctionType(ir.VoidType(), [I32])
    builder.call(cgutils.get_or_insert_function(builder.module, kind, "set_num_threads"), [count])


if numba.config.DISABLE_JIT:

    def team(work):
        return 1

    def disband(before):
        pass
