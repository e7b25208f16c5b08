"""A register tile: the noun, and the verbs from which every convolution and matrix product is made.

Numba's loops never keep a block of numbers in the CPU's registers, so this module says it explicitly. A `Tile` is a
block of running sums,

    rows x columns pixels, each with vectors x lanes output channels,

one LLVM vector for each entry, all of them held in registers (AVX-512 has 32, AVX2 has 16). It has five verbs:

    sums = zero_sums(tile)                              all sums 0
    sums = load_bias(tile, b, offset)                   sums[i, j, :] = b[offset : offset + vectors * lanes]
    sums = multiply_add(tile, sums, x, ..., w, ...)     sums[i, j, :] += x[pixel i, j] * w[: vectors * lanes]
    store(tile, sums, y, ..., relu)                     y[pixel i, j, :] = sums[i, j, :], or max(0, sums[i, j, :])
    add_to(tile, sums, y, offset)                       y[offset + ...] += sums, the tile's entries one after the other

The shape of a tile is a Numba *type*: the verbs are unrolled for it when a loop nest is compiled, and Numba's cache on
disk, which is keyed by types, finds the result again. `call` runs such a loop nest by its address.

In Python, sums are an array (rows, columns, vectors * lanes).
"""

from itertools import product

import numpy as np
from llvmlite import ir
from numba import types
from numba.core.datamodel import models
from numba.extending import register_model

from chainrule.kernels.simd.vector import Emitter, Vector
from chainrule.kernels.simd.verbs import I64, INTP, machine_code, window

__all__ = ["Tile", "add_to", "load_bias", "multiply_add", "store", "width", "zero_sums"]


class Tile(types.Type):  # type: ignore[misc]  # Numba is not typed
    """rows x columns pixels of vectors x lanes channels. `masked` tiles do not read lanes beyond the last channel."""

    def __init__(self, dtype: str, rows: int, columns: int, vectors: int, lanes: int, masked: bool = False):
        self.dtype, self.rows, self.columns = dtype, rows, columns
        self.vectors, self.lanes, self.masked = vectors, lanes, masked
        # The name is the type's identity, in this process and in the cache on disk: it must tell all tiles apart.
        super().__init__(f"Tile({dtype}, {rows}x{columns} pixels, {vectors}x{lanes} lanes{', masked' * masked})")

    @property
    def width(self) -> int:
        """Output channels of one pixel."""
        return self.vectors * self.lanes

    @property
    def pixels(self) -> int:
        """Pixels that the tile computes at a time."""
        return self.rows * self.columns

    @property
    def vector(self) -> Vector:
        """What holds `lanes` sums."""
        return Vector(self.dtype, self.lanes)

    @property
    def sums(self) -> types.Type:
        """All sums, as a tuple of vectors, which LLVM keeps in registers."""
        return types.UniTuple(self.vector, self.pixels * self.vectors)

    def entries(self) -> list[tuple[int, int, int, int]]:
        """(number, row, column, vector) of every vector of sums, in their order in the tuple."""
        places = product(range(self.rows), range(self.columns), range(self.vectors))
        return [(number, *place) for number, place in enumerate(places)]


register_model(Tile)(models.OpaqueModel)


def zero_sums(tile):
    """All sums 0."""
    return np.zeros((tile.rows, tile.columns, tile.width), tile.dtype)


@machine_code(zero_sums, lambda tile: tile.sums)
def _(context, builder, signature, values):
    (tile,) = signature.args
    return context.make_tuple(builder, tile.sums, [ir.Constant(tile.vector.llvm, None)] * tile.sums.count)


def load_bias(tile, b, offset):
    """sums[i, j, :] = b[offset : offset + width]."""
    return np.tile(window(b, offset, tile.width), (tile.rows, tile.columns, 1))


@machine_code(load_bias, lambda tile, b, offset: tile.sums)
def _(context, builder, signature, values):
    tile, (_, b, offset) = signature.args[0], values
    e = Emitter(builder, tile.vector)
    start = e.pointer(b, (offset, 1))
    biases = [e.load(e.pointer(start, (e.number(v), tile.lanes))) for v in range(tile.vectors)]
    return context.make_tuple(builder, tile.sums, [biases[v] for *_, v in tile.entries()])


def multiply_add(tile, sums, x, x_offset, x_row, x_column, w, w_offset, channels):
    """sums[i, j, :] += x[x_offset + i * x_row + j * x_column] * w[w_offset : w_offset + width].

    A masked tile does not read w beyond the first `channels` numbers.
    """
    weights = window(w, w_offset, min(channels, tile.width) if tile.masked else tile.width)
    for i, j in np.ndindex(tile.rows, tile.columns):
        sums[i, j, : len(weights)] += window(x, x_offset + i * x_row + j * x_column, 1) * weights
    return sums


@machine_code(multiply_add, lambda tile, sums, *integers: sums)
def _(context, builder, signature, values):
    tile, (_, sums, x, x_offset, x_row, x_column, w, w_offset, channels) = signature.args[0], values
    e = Emitter(builder, tile.vector)
    w_start, x_start = e.pointer(w, (w_offset, 1)), e.pointer(x, (x_offset, 1))
    masks = [e.lane_mask(channels, v) if tile.masked else None for v in range(tile.vectors)]
    # First all weights of the step: each is used by every pixel, so they stay in registers until the end.
    weights = [e.load(e.pointer(w_start, (e.number(v), tile.lanes)), masks[v]) for v in range(tile.vectors)]
    totals, pixel = [], None
    for number, i, j, v in tile.entries():
        # Then, pixel by pixel, one number to all lanes, and one fused multiply-add for each vector of weights.
        if v == 0:
            pixel = e.splat(builder.load(e.pointer(x_start, (x_row, i), (x_column, j))), tile.lanes)
        total = builder.extract_value(sums, number)
        totals.append(e.intrinsic(f"llvm.fma.{e.mangled}", tile.vector.llvm, [pixel, weights[v], total]))
    e.fence()
    return context.make_tuple(builder, tile.sums, totals)


def store(tile, sums, y, y_offset, y_row, y_column, channels, relu):
    """y[y_offset + i * y_row + j * y_column + :] = sums[i, j, :], the first `channels` numbers of each pixel.

    Where relu is not 0, a sum below 0 becomes 0; a NaN stays.
    """
    count = min(channels, tile.width)
    for i, j in np.ndindex(tile.rows, tile.columns):
        total = sums[i, j, :count]
        target = window(y, y_offset + i * y_row + j * y_column, count)
        target[:] = np.where(total <= 0, 0, total) if relu else total


@machine_code(store, lambda tile, *others: types.void)
def _(context, builder, signature, values):
    tile, (_, sums, y, y_offset, y_row, y_column, channels, relu) = signature.args[0], values
    e = Emitter(builder, tile.vector)
    start = e.pointer(y, (y_offset, 1))
    # Without ReLU the lowest value is minus infinity: one comparison serves both, and no branch is needed.
    lowest = e.splat(builder.select(e.is_not_0(relu), *map(e.scalar, (0.0, float("-inf")))), tile.lanes)
    for v in range(tile.vectors):
        totals = [builder.extract_value(sums, number) for number, *_, vector in tile.entries() if vector == v]
        # "Ordered" comparisons are false for a NaN, which therefore stays what it is.
        totals = [builder.select(builder.fcmp_ordered("<=", s, lowest), lowest, s) for s in totals]
        pixels = [(i, j) for _, i, j, vector in tile.entries() if vector == v]
        pointers = [e.pointer(start, (y_row, i), (y_column, j), (e.number(v), tile.lanes)) for i, j in pixels]
        left = builder.sub(channels, e.number(v * tile.lanes))  # channels from this vector on
        with builder.if_else(builder.icmp_signed(">=", left, e.number(tile.lanes))) as (whole, partial):
            with whole:
                for total, pointer in zip(totals, pointers, strict=True):
                    e.store(total, pointer)
            with partial:
                e.store_partial(totals, pointers, left)
    return context.get_dummy_value()


def add_to(tile, sums, y, offset):
    """y[offset + number * lanes + :] += sums[number], whole vectors one after the other."""
    window(y, offset, sums.size)[:] += sums.reshape(-1)


@machine_code(add_to, lambda tile, *others: types.void)
def _(context, builder, signature, values):
    tile, (_, sums, y, offset) = signature.args[0], values
    e = Emitter(builder, tile.vector)
    start = e.pointer(y, (offset, 1))
    for number, *_ in tile.entries():
        place = e.pointer(start, (e.number(number), tile.lanes))
        e.store(builder.fadd(e.load(place), builder.extract_value(sums, number)), place)
    return context.get_dummy_value()


def width(tile):
    """Output channels of one pixel, a constant in compiled code."""
    return tile.width


@machine_code(width, lambda tile: INTP)
def _(context, builder, signature, values):
    return ir.Constant(I64, signature.args[0].width)
