"""Numbers moved: runs of them copied or set to 0, and squares of them transposed in registers.

Number by number, laying out the weights of a dense layer takes as long as half of its product with a batch of 64.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils

from chainrule.kernels.simd.vector import Emitter
from chainrule.kernels.simd.verbs import machine_code, window

__all__ = ["copy", "transpose", "zero"]


def zero(tile, target, offset, count):
    """target[offset : offset + count] = 0."""
    window(target, offset, count)[:] = 0


@machine_code(zero, lambda tile, *integers: types.void)
def _(context, builder, signature, values):
    tile, (_, target, offset, count) = signature.args[0], values
    e = Emitter(builder, tile.vector)
    size = builder.mul(count, e.number(tile.vector.itemsize))
    cgutils.memset(builder, e.pointer(target, (offset, 1)), size, 0)  # all bits 0 are the float 0
    return context.get_dummy_value()


def copy(tile, source, source_offset, target, target_offset, count):
    """target[target_offset : target_offset + count] = source[source_offset : source_offset + count]."""
    window(target, target_offset, count)[:] = window(source, source_offset, count)


@machine_code(copy, lambda tile, *integers: types.void)
def _(context, builder, signature, values):
    tile, (_, source, source_offset, target, target_offset, count) = signature.args[0], values
    e = Emitter(builder, tile.vector)
    pointers = e.pointer(target, (target_offset, 1)), e.pointer(source, (source_offset, 1))
    cgutils.raw_memcpy(builder, *pointers, count, tile.vector.itemsize)
    return context.get_dummy_value()


def transpose(tile, source, source_offset, source_row, target, target_offset, target_row):
    """target[target_offset + j * target_row + i] = source[source_offset + i * source_row + j].

    For all i below the tile's width and j below its lanes.
    """
    for i in range(tile.width):
        numbers = window(source, source_offset + i * source_row, tile.lanes)
        for j in range(tile.lanes):
            window(target, target_offset + j * target_row + i, 1)[:] = numbers[j]


@machine_code(transpose, lambda tile, *integers: types.void)
def _(context, builder, signature, values):
    tile, (_, source, source_offset, source_row, target, target_offset, target_row) = signature.args[0], values
    e, lanes = Emitter(builder, tile.vector), range(tile.lanes)
    for v in range(tile.vectors):
        column = e.number(v * tile.lanes)
        # 1. Load a square: as many rows as a row has lanes.
        square = [e.load(e.pointer(source, (source_offset, 1), (source_row, v * tile.lanes + i))) for i in lanes]
        # 2. Swap the quarters beside the diagonal of every 2 x 2 block, then of every 4 x 4 block, and so on.
        for size in (1 << bit for bit in range(tile.lanes.bit_length() - 1)):
            _swap_quarters(e, square, size)
        # 3. What were columns are rows now.
        for j in lanes:
            e.store(square[j], e.pointer(target, (target_offset, 1), (column, 1), (target_row, j)))
    return context.get_dummy_value()


def _swap_quarters(e: Emitter, square: list[ir.Value], size: int) -> None:
    """In each block of 2 size x 2 size of a square, the quarters beside the diagonal change places.

    For size 1 and four lanes: rows a0 a1 a2 a3 and b0 b1 b2 b3 become a0 b0 a2 b2 and a1 b1 a3 b3.
    """
    count = len(square)
    # `shuffle` numbers the lanes of the upper row from 0 and those of the lower row from `count` on.
    upper = [lane if not lane & size else count + lane - size for lane in range(count)]
    lower = [lane + size if not lane & size else count + lane for lane in range(count)]
    for i in (i for i in range(count) if not i & size):
        rows = square[i], square[i + size]
        square[i], square[i + size] = e.shuffle(*rows, upper), e.shuffle(*rows, lower)
