"""A register tile: the noun, and the verbs from which every convolution and matrix product is made.

Numba's loops never keep a block of numbers in the CPU's registers, so this module says it explicitly. A `Tile` is a
block of running sums,

    rows x columns pixels, each with vectors x lanes output channels,

one LLVM vector for each entry, all of them held in registers (AVX-512 has 32, AVX2 16). It has five verbs:

    sums = zero(tile)                                   all sums 0
    sums = start(tile, b, at)                           sums[i, j, :] = b[at : at + vectors * lanes]
    sums = multiply_add(tile, sums, x, ..., w, ...)     sums[i, j, :] += x[pixel i, j] * w[: vectors * lanes]
    store(tile, sums, y, ..., relu)                     y[pixel i, j, :] = sums[i, j, :], or max(0, sums[i, j, :])
    add_to(tile, sums, y, at)                           y[at + ...] += sums, tile entries one after the other

The shape of a tile is a Numba *type*: the verbs are unrolled for it when a loop nest is compiled, and Numba's cache on
disk, which is keyed by types, finds the result again. `_tile_call` calls such a loop nest by its address.

`_tile_python` has the same verbs in Python for NUMBA_DISABLE_JIT=1.
"""

from itertools import product

import numba
from llvmlite import ir
from numba import types
from numba.core.datamodel import models
from numba.extending import intrinsic, register_model

from chainrule.kernels.simd.vector import I64, INTP, Emitter, Vector

__all__ = ["Tile", "add_to", "multiply_add", "start", "store", "width", "zero"]


class Tile(types.Type):  # type: ignore[misc]  # Numba is not typed
    """rows x columns pixels of vectors x lanes channels. `masked` tiles do not read lanes beyond the last channel."""

    def __init__(self, dtype: str, rows: int, columns: int, vectors: int, lanes: int, masked: bool = False):
        self.dtype, self.rows, self.columns, self.vectors, self.lanes, self.masked = (
            dtype, rows, columns, vectors, lanes, masked,
        )  # fmt: skip
        super().__init__(f"Tile({dtype}, {rows}x{columns} pixels, {vectors}x{lanes} lanes{', masked' * masked})")

    @property
    def width(self) -> int:
        """Output channels of one pixel."""
        return self.vectors * self.lanes

    @property
    def pixels(self) -> int:
        return self.rows * self.columns

    @property
    def vector(self) -> Vector:
        """What holds `lanes` sums."""
        return Vector(self.dtype, self.lanes)

    @property
    def sums(self) -> types.Type:
        return types.UniTuple(self.vector, self.pixels * self.vectors)

    def entries(self) -> list[tuple[int, int, int, int]]:
        """(number, row, column, vector) of every vector of sums."""
        places = product(range(self.rows), range(self.columns), range(self.vectors))
        return [(number, *place) for number, place in enumerate(places)]


register_model(Tile)(models.OpaqueModel)


@intrinsic
def zero(context, tile):
    """All sums 0."""

    def emit(target, builder, signature, arguments):
        return target.make_tuple(builder, tile.sums, [ir.Constant(tile.vector.llvm, None)] * tile.sums.count)

    return tile.sums(tile), emit


@intrinsic
def start(context, tile, b, at):
    """sums[i, j, :] = b[at : at + width]."""

    def emit(target, builder, signature, arguments):
        _, b, at = arguments
        e = Emitter(builder, tile.vector)
        first = e.at(b, (at, 1))
        values = [e.read(e.at(first, (e.number(v), tile.lanes))) for v in range(tile.vectors)]
        return target.make_tuple(builder, tile.sums, [values[v] for *_, v in tile.entries()])

    return tile.sums(tile, INTP, INTP), emit


@intrinsic
def multiply_add(context, tile, sums, x, x_at, x_row, x_column, w, w_at, count):
    """sums[i, j, :] += x[x_at + i * x_row + j * x_column] * w[w_at : w_at + width]; a masked tile reads w[: count]."""
    signature = sums(tile, sums, *[INTP] * 7)

    def emit(target, builder, signature, arguments):
        _, old, x, x_at, x_row, x_column, w, w_at, count = arguments
        e = Emitter(builder, tile.vector)
        w_start, x_start = e.at(w, (w_at, 1)), e.at(x, (x_at, 1))
        masks = [e.first(count, v) if tile.masked else None for v in range(tile.vectors)]
        weights = [e.read(e.at(w_start, (e.number(v), tile.lanes)), masks[v]) for v in range(tile.vectors)]
        new, pixel = [], None
        for number, i, j, v in tile.entries():
            if v == 0:
                pixel = e.splat(builder.load(e.at(x_start, (x_row, i), (x_column, j))), tile.lanes)
            total = builder.extract_value(old, number)
            new.append(e.instruction(f"llvm.fma.{e.mangled}", tile.vector.llvm, [pixel, weights[v], total]))
        e.fence()
        return target.make_tuple(builder, tile.sums, new)

    return signature, emit


@intrinsic
def store(context, tile, sums, y, y_at, y_row, y_column, count, relu):
    """y[y_at + i * y_row + j * y_column + :] = sums[i, j, :], the first `count` channels of each pixel.

    Where relu is not 0, a sum below 0 becomes 0; a NaN stays.
    """
    signature = types.void(tile, sums, *[INTP] * 6)

    def emit(target, builder, signature, arguments):
        _, sums, y, y_at, y_row, y_column, count, relu = arguments
        e = Emitter(builder, tile.vector)
        first = e.at(y, (y_at, 1))
        lowest = e.splat(builder.select(e.is_not_0(relu), *map(e.scalar, (0.0, float("-inf")))), tile.lanes)
        for v in range(tile.vectors):
            values = [builder.extract_value(sums, number) for number, *_, vector in tile.entries() if vector == v]
            values = [builder.select(builder.fcmp_ordered("<=", s, lowest), lowest, s) for s in values]
            pixels = [(i, j) for _, i, j, vector in tile.entries() if vector == v]
            pointers = [e.at(first, (y_row, i), (y_column, j), (e.number(v), tile.lanes)) for i, j in pixels]
            left = builder.sub(count, e.number(v * tile.lanes))  # channels that begin in this vector
            with builder.if_else(builder.icmp_signed(">=", left, e.number(tile.lanes))) as (whole, part):
                with whole:
                    for value, pointer in zip(values, pointers, strict=True):
                        e.write(value, pointer)
                with part:
                    e.write_some(values, pointers, left)
        return target.get_dummy_value()

    return signature, emit


@intrinsic
def add_to(context, tile, sums, y, y_at):
    """y[y_at + number * lanes + :] += sums[number], whole vectors one after the other."""
    signature = types.void(tile, sums, INTP, INTP)

    def emit(target, builder, signature, arguments):
        _, sums, y, y_at = arguments
        e = Emitter(builder, tile.vector)
        start = e.at(y, (y_at, 1))
        for number, *_ in tile.entries():
            to = e.at(start, (e.number(number), tile.lanes))
            e.write(builder.fadd(e.read(to), builder.extract_value(sums, number)), to)
        return target.get_dummy_value()

    return signature, emit


@intrinsic
def width(context, tile):
    """Output channels of one pixel, a constant."""
    return INTP(tile), lambda target, builder, signature, arguments: ir.Constant(I64, tile.width)


if numba.config.DISABLE_JIT:
    from chainrule.kernels.simd.in_python import (
        add_to,
        multiply_add,
        start,
        store,
        width,
        zero,
    )  # fmt: skip
