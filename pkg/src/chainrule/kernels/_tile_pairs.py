"""2 x 2 max pooling of windows side by side, a vector of channels at a time.

Left to itself LLVM makes no vectors of the six channels of a LeNet: a loop of six is too short. Here a vector is always
full. Where it reaches beyond the last channel, it takes in the next pixel's first ones, whose right values are written
over it a moment later; only the end of a row is done one channel at a time, as a tile of one lane.
"""

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from chainrule.kernels._jit import jit
from chainrule.kernels._tile import width
from chainrule.kernels._vector import INTP, Emitter

__all__ = ["keep", "largest", "pairs_grad_row", "pairs_row"]

I8 = ir.IntType(8)


@intrinsic
def largest(context, tile, x, upper, lower, right, out, winner, at):
    """out[at :], winner[at :] = largest of x[upper :], x[upper + right :] and the same of lower; the number of it."""
    signature = types.void(tile, *[INTP] * 7)

    def emit(target, builder, signature, arguments):
        _, x, upper, lower, right, out, winner, at = arguments
        e, numbers = Emitter(builder, tile.vector), ir.VectorType(I8, tile.lanes)
        starts = [upper, builder.add(upper, right), lower, builder.add(lower, right)]
        best, which = e.read(e.at(x, (starts[0], 1))), ir.Constant(numbers, None)
        for number, start in enumerate(starts[1:], 1):
            value = e.read(e.at(x, (start, 1)))
            # "greater, or one of them is NaN", unless it is the best so far: a NaN beats every number
            larger = builder.fcmp_unordered(">", value, best)
            larger = builder.and_(larger, builder.fcmp_ordered("ord", best, best))
            best = builder.select(larger, value, best)
            which = builder.select(larger, ir.Constant(numbers, [number] * tile.lanes), which)
        e.write(best, e.at(out, (at, 1)))
        pointer = builder.inttoptr(builder.add(winner, at), numbers.as_pointer())
        builder.store(which, pointer, align=1)
        return target.get_dummy_value()

    return signature, emit


@intrinsic
def keep(context, tile, delta, winner, at, number, out, to):
    """out[to :] = delta[at :] where winner[at :] is `number`, else 0."""
    signature = types.void(tile, *[INTP] * 6)

    def emit(target, builder, signature, arguments):
        _, delta, winner, at, number, out, to = arguments
        e, numbers = Emitter(builder, tile.vector), ir.VectorType(I8, tile.lanes)
        pointer = builder.inttoptr(builder.add(winner, at), numbers.as_pointer())
        wanted = e.splat(builder.trunc(number, I8), tile.lanes)
        won = builder.icmp_unsigned("==", builder.load(pointer, align=1), wanted)
        kept = builder.select(won, e.read(e.at(delta, (at, 1))), ir.Constant(tile.vector.llvm, None))
        e.write(kept, e.at(out, (to, 1)))
        return target.get_dummy_value()

    return signature, emit


if numba.config.DISABLE_JIT:
    from chainrule.kernels._tile_python import keep, largest


@jit
def pairs_row(tile, x, upper, lower, C, first, last, out, winner, at):
    """Windows first to last - 1 of a row: entries 0 and 1 from x[upper :], 2 and 3 from x[lower :]."""
    for q in range(first, last):
        for c in range(0, C, width(tile)):
            left = 2 * q * C + c
            largest(tile, x, upper + left, lower + left, C, out, winner, at + q * C + c)


@jit
def pairs_grad_row(tile, delta, winner, at, C, first, last, out, upper, lower):
    """The same windows backward: every entry of both rows of out is written, from left to right."""
    for q in range(first, last):
        for side in range(2):
            for c in range(0, C, width(tile)):
                to = (2 * q + side) * C + c
                keep(tile, delta, winner, at + q * C + c, side, out, upper + to)
                keep(tile, delta, winner, at + q * C + c, 2 + side, out, lower + to)
