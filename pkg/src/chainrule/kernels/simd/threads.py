"""How many threads share a loop: all that the user allows, or one where there is little to do.

Threads that start together and wait for each other cost microseconds on idle cores, and a millisecond on busy ones: a
hundred times the work of a small convolution. A kernel says how much work there is, and its `prange` follows:

    allowed = limit_threads(work)
    for task in prange(...):
        ...
    restore_threads(allowed)

Numba's own `set_num_threads` does the same, but no kernel that calls it is kept in the cache on disk: it refers to a
function by its address in this process. The two verbs here find it by its name.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils

from chainrule.kernels.simd.verbs import I64, INTP, machine_code

__all__ = ["limit_threads", "restore_threads"]

WORTH_NS = 30_000  # between what a second thread costs on idle cores (1 to 2 µs) and on busy ones (a millisecond)
I32 = ir.IntType(32)


def limit_threads(work):
    """Leave work of less than WORTH_NS nanoseconds of one thread to one; returns how many were allowed before."""
    return 1


@machine_code(limit_threads, lambda work: INTP)
def _(context, builder, signature, values):
    # An int in C; Numba declares 64 bits of it, and the upper ones are noise.
    get = cgutils.get_or_insert_function(builder.module, ir.FunctionType(I64, []), "get_num_threads")
    allowed = builder.trunc(builder.call(get, []), I32)
    with builder.if_then(builder.icmp_signed("<", values[0], ir.Constant(I64, WORTH_NS))):
        _set_threads(builder, ir.Constant(I32, 1))
    return builder.sext(allowed, I64)


def restore_threads(allowed):
    """Allow as many threads as before `limit_threads`."""


@machine_code(restore_threads, lambda allowed: types.void)
def _(context, builder, signature, values):
    _set_threads(builder, builder.trunc(values[0], I32))
    return context.get_dummy_value()


def _set_threads(builder, count):
    kind = ir.FunctionType(ir.VoidType(), [I32])
    builder.call(cgutils.get_or_insert_function(builder.module, kind, "set_num_threads"), [count])
