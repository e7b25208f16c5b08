"""The largest of a window, a vector of channels at a time.

Left to itself LLVM makes no vectors of the six channels of a LeNet, and without AVX-512 of none where a winner's number
(8 bits) is narrower than what it compares (32 or 64 bits). Here the vectors are said explicitly.
"""

import numpy as np
from llvmlite import ir
from numba import types

from chainrule.kernels.simd.vector import Emitter
from chainrule.kernels.simd.verbs import machine_code, window

__all__ = ["masked_store", "max_of_four", "no_winner", "store_winner", "take_larger"]

I8, I32 = ir.IntType(8), ir.IntType(32)


def _larger(builder, value, best):
    """Greater, or one of the two is NaN, unless that is the best so far: a NaN beats every number."""
    greater = builder.fcmp_unordered(">", value, best)  # "unordered": also true where one of them is NaN
    return builder.and_(greater, builder.fcmp_ordered("ord", best, best))


def max_of_four(tile, x, upper, lower, right, out, winner, offset):
    """out[offset :], winner[offset :] = the largest of four vectors of x, and which: 0 to 3.

    They begin at upper, upper + right, lower and lower + right.
    """
    four = np.stack([window(x, start, tile.lanes) for start in (upper, upper + right, lower, lower + right)])
    number = four.argmax(axis=0)  # the first of equals; NumPy too takes a NaN for the largest
    window(out, offset, tile.lanes)[:] = np.take_along_axis(four, number[None], axis=0)[0]
    window(winner, offset, tile.lanes)[:] = number


@machine_code(max_of_four, lambda tile, *integers: types.void)
def _(context, builder, signature, values):
    tile, (_, x, upper, lower, right, out, winner, offset) = signature.args[0], values
    e, bytes_ = Emitter(builder, tile.vector), ir.VectorType(I8, tile.lanes)
    starts = [upper, builder.add(upper, right), lower, builder.add(lower, right)]
    best, number = e.load(e.pointer(x, (starts[0], 1))), ir.Constant(bytes_, None)
    for candidate, start in enumerate(starts[1:], 1):
        value = e.load(e.pointer(x, (start, 1)))
        larger = _larger(builder, value, best)
        best = builder.select(larger, value, best)
        number = builder.select(larger, ir.Constant(bytes_, [candidate] * tile.lanes), number)
    e.store(best, e.pointer(out, (offset, 1)))
    pointer = builder.inttoptr(builder.add(winner, offset), bytes_.as_pointer())
    builder.store(number, pointer, align=1)
    return context.get_dummy_value()


def no_winner(tile, number):
    """The best of no entries, (value, number): minus infinity, and the number that stays if nothing is larger."""
    return np.full(tile.lanes, -np.inf, tile.dtype), np.full(tile.lanes, number)


@machine_code(no_winner, lambda tile, number: types.UniTuple(tile.vector, 2))
def _(context, builder, signature, values):
    tile = signature.args[0]
    e, kind = Emitter(builder, tile.vector), tile.vector.llvm
    nothing = ir.Constant(kind, [ir.Constant(kind.element, float("-inf"))] * tile.lanes)
    # The numbers travel as floats: their lanes are then as wide as the values', and one mask selects both.
    number = e.splat(builder.sitofp(values[1], kind.element), tile.lanes)
    return context.make_tuple(builder, signature.return_type, [nothing, number])


def take_larger(tile, best, x, offset, number):
    """The better of `best` and x[offset :], whose number is `number`; of equals the one that came first."""
    value, (old, winner) = window(x, offset, tile.lanes), best
    larger = (value > old) | (np.isnan(value) & ~np.isnan(old))
    return np.where(larger, value, old), np.where(larger, number, winner)


@machine_code(take_larger, lambda tile, best, *integers: best)
def _(context, builder, signature, values):
    tile, (_, best, x, offset, number) = signature.args[0], values
    e, kind = Emitter(builder, tile.vector), tile.vector.llvm
    old, winner = (builder.extract_value(best, index) for index in range(2))
    value = e.load(e.pointer(x, (offset, 1)))
    larger = _larger(builder, value, old)
    number = e.splat(builder.sitofp(number, kind.element), tile.lanes)
    better = [builder.select(larger, value, old), builder.select(larger, number, winner)]
    return context.make_tuple(builder, signature.return_type, better)


def store_winner(tile, best, out, winner, offset):
    """out[offset :], winner[offset :] = best."""
    window(out, offset, tile.lanes)[:], window(winner, offset, tile.lanes)[:] = best


@machine_code(store_winner, lambda tile, best, *integers: types.void)
def _(context, builder, signature, values):
    tile, (_, best, out, winner, offset) = signature.args[0], values
    e, bytes_ = Emitter(builder, tile.vector), ir.VectorType(I8, tile.lanes)
    value, number = (builder.extract_value(best, index) for index in range(2))
    e.store(value, e.pointer(out, (offset, 1)))
    pointer = builder.inttoptr(builder.add(winner, offset), bytes_.as_pointer())
    wide = builder.fptosi(number, ir.VectorType(I32, tile.lanes))  # in two steps: to 8 bits at once is slow with AVX2
    builder.store(builder.trunc(wide, bytes_), pointer, align=1)
    return context.get_dummy_value()


def masked_store(tile, delta, winner, offset, number, out, out_offset):
    """out[out_offset :] = delta[offset :] where winner[offset :] is `number`, else 0."""
    won = window(winner, offset, tile.lanes) == number
    window(out, out_offset, tile.lanes)[:] = np.where(won, window(delta, offset, tile.lanes), 0)


@machine_code(masked_store, lambda tile, *integers: types.void)
def _(context, builder, signature, values):
    tile, (_, delta, winner, offset, number, out, out_offset) = signature.args[0], values
    e, bytes_ = Emitter(builder, tile.vector), ir.VectorType(I8, tile.lanes)
    pointer = builder.inttoptr(builder.add(winner, offset), bytes_.as_pointer())
    wanted = e.splat(builder.trunc(number, I8), tile.lanes)
    won = builder.icmp_unsigned("==", builder.load(pointer, align=1), wanted)
    delta_or_0 = builder.select(won, e.load(e.pointer(delta, (offset, 1))), ir.Constant(tile.vector.llvm, None))
    e.store(delta_or_0, e.pointer(out, (out_offset, 1)))
    return context.get_dummy_value()
