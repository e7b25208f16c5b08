"""Max pooling, a vector of channels at a time.

Left to itself LLVM makes no vectors of the six channels of a LeNet, and without AVX-512 of none where a winner's number
is narrower than what it compares. Here the vectors are said explicitly.

The most common windows, 2 x 2 side by side, are read once, and their vectors are always full. Where one reaches beyond
the last channel, it takes in the next pixel's first ones, whose right values are written over it a moment later; only
the end of a row is done one channel at a time, as a tile of one lane.
"""

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.tile import width
from chainrule.kernels.simd.vector import INTP, Emitter

__all__ = ["keep", "largest", "lowest", "pairs_grad_row", "pairs_row", "put", "take", "windows_row"]

I8 = ir.IntType(8)


def _larger(builder, value, best):
    """Greater, or one of them is NaN, unless it is the best so far: a NaN beats every number."""
    greater = builder.fcmp_unordered(">", value, best)
    return builder.and_(greater, builder.fcmp_ordered("ord", best, best))


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
            larger = _larger(builder, value, best)
            best = builder.select(larger, value, best)
            which = builder.select(larger, ir.Constant(numbers, [number] * tile.lanes), which)
        e.write(best, e.at(out, (at, 1)))
        pointer = builder.inttoptr(builder.add(winner, at), numbers.as_pointer())
        builder.store(which, pointer, align=1)
        return target.get_dummy_value()

    return signature, emit


@intrinsic
def lowest(context, tile, number):
    """The best of no entries: minus infinity; and who that was, until somebody is larger."""
    signature = types.UniTuple(tile.vector, 2)(tile, INTP)

    def emit(target, builder, signature, arguments):
        e, kind = Emitter(builder, tile.vector), tile.vector.llvm
        nothing = ir.Constant(kind, [ir.Constant(kind.element, float("-inf"))] * tile.lanes)
        who = e.splat(builder.sitofp(arguments[1], kind.element), tile.lanes)
        return target.make_tuple(builder, signature.return_type, [nothing, who])

    return signature, emit


@intrinsic
def take(context, tile, best, x, at, number):
    """The better of `best` and x[at :], whose number it is."""
    signature = best(tile, best, *[INTP] * 3)

    def emit(target, builder, signature, arguments):
        _, best, x, at, number = arguments
        e, kind = Emitter(builder, tile.vector), tile.vector.llvm
        old, who = (builder.extract_value(best, part) for part in range(2))
        value = e.read(e.at(x, (at, 1)))
        larger = _larger(builder, value, old)
        number = e.splat(builder.sitofp(number, kind.element), tile.lanes)
        both = [builder.select(larger, value, old), builder.select(larger, number, who)]
        return target.make_tuple(builder, signature.return_type, both)

    return signature, emit


@intrinsic
def put(context, tile, best, out, winner, at):
    """out[at :], winner[at :] = best."""
    signature = types.void(tile, best, *[INTP] * 3)

    def emit(target, builder, signature, arguments):
        _, best, out, winner, at = arguments
        e, numbers = Emitter(builder, tile.vector), ir.VectorType(I8, tile.lanes)
        value, who = (builder.extract_value(best, part) for part in range(2))
        e.write(value, e.at(out, (at, 1)))
        pointer = builder.inttoptr(builder.add(winner, at), numbers.as_pointer())
        wide = builder.fptosi(who, ir.VectorType(ir.IntType(32), tile.lanes))  # to 8 bits at once is slow with AVX2
        builder.store(builder.trunc(wide, numbers), pointer, align=1)
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
    from chainrule.kernels.simd.in_python import keep, largest, lowest, put, take


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


@jit
def windows_row(tile, x, upper, W, C, rows, window, stride, before, c_first, c_last, Q, number, out, winner, at):
    """A row of Q windows of any kind, channels c_first to c_last - 1: `rows` rows of the image from x[upper :].

    `number` is the index in its window of the first entry of the first of these rows.
    """
    for q in range(Q):
        left = q * stride - before
        s_first, s_last = max(0, -left), min(window, W - left)
        for c in range(c_first, c_last, width(tile)):
            best = lowest(tile, number + s_first)
            for r in range(rows):
                for s in range(s_first, s_last):
                    best = take(tile, best, x, upper + (r * W + left + s) * C + c, number + r * window + s)
            put(tile, best, out, winner, at + q * C + c)
