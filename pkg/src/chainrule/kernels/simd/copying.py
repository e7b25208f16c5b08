"""Numbers moved: runs of them copied or set to 0, and matrices as panels of a tile's width.

A panel takes a row of numbers as it is, or a square of them turned. Number by number, laying out the weights of a dense
layer takes as long as half of its product with a batch of 64.
"""

import numba
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.tile import width
from chainrule.kernels.simd.vector import INTP, Emitter

__all__ = ["move", "pack_panel", "turn", "wipe"]


@intrinsic
def wipe(context, tile, target, to, count):
    """target[to : to + count] = 0."""
    signature = types.void(tile, *[INTP] * 3)

    def emit(machine, builder, signature, arguments):
        _, target, to, count = arguments
        e = Emitter(builder, tile.vector)
        size = builder.mul(count, e.number(tile.vector.itemsize))
        cgutils.memset(builder, e.at(target, (to, 1)), size, 0)
        return machine.get_dummy_value()

    return signature, emit


@intrinsic
def move(context, tile, source, at, target, to, count):
    """target[to : to + count] = source[at : at + count]."""
    signature = types.void(tile, *[INTP] * 5)

    def emit(machine, builder, signature, arguments):
        _, source, at, target, to, count = arguments
        e = Emitter(builder, tile.vector)
        pointers = e.at(target, (to, 1)), e.at(source, (at, 1))
        cgutils.raw_memcpy(builder, *pointers, count, tile.vector.itemsize)
        return machine.get_dummy_value()

    return signature, emit


def _swap_quarters(e: Emitter, square: list[ir.Value], size: int) -> None:
    """In each block of 2 size x 2 size of a square, the quarters beside the diagonal change places."""
    count = len(square)
    upper = [lane if not lane & size else count + lane - size for lane in range(count)]
    lower = [lane + size if not lane & size else count + lane for lane in range(count)]
    for i in (i for i in range(count) if not i & size):
        rows = square[i], square[i + size]
        square[i], square[i + size] = e.choose(*rows, upper), e.choose(*rows, lower)


@intrinsic
def turn(context, tile, source, at, row, target, to, to_row):
    """target[to + j * to_row + i] = source[at + i * row + j] for all i below width and j below lanes."""
    signature = types.void(tile, *[INTP] * 6)

    def emit(machine, builder, signature, arguments):
        _, source, at, row, target, to, to_row = arguments
        e, lanes = Emitter(builder, tile.vector), range(tile.lanes)
        for v in range(tile.vectors):
            first = e.number(v * tile.lanes)
            square = [e.read(e.at(source, (at, 1), (row, v * tile.lanes + i))) for i in lanes]
            for size in (1 << bit for bit in range(tile.lanes.bit_length() - 1)):
                _swap_quarters(e, square, size)
            for j in lanes:
                e.write(square[j], e.at(target, (to, 1), (first, 1), (to_row, j)))
        return machine.get_dummy_value()

    return signature, emit


if numba.config.DISABLE_JIT:
    from chainrule.kernels.simd.in_python import move, turn, wipe


@jit
def pack_panel(tile, w, at, row, lane, panel, to, count, lanes):
    """panel[to + d * width + i] = w[at + d * row + i * lane] for all d below count and i below width.

    Either lane is 1, or row is 1 and count at least `lanes`, those of the tile.
    """
    if lane == 1:
        for d in range(count):
            move(tile, w, at + d * row, panel, to + d * width(tile), width(tile))
    else:
        for first in range(0, count, lanes):
            d = min(first, count - lanes)  # the last square overlaps its neighbour
            turn(tile, w, at + d, lane, panel, to + d * width(tile), width(tile))
