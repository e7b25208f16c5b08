"""A register tile: the one place where the kernels speak LLVM.

A CPU multiplies and adds fastest on vectors of numbers ("lanes") that stay in its registers. Numba's loops never keep
a block of them there, so this module says it explicitly. A `Tile` is a block of running sums,

    rows x columns pixels, each with vectors x lanes output channels,

one LLVM vector for each entry, all of them held in registers (AVX-512 has 32, AVX2 16). It has four verbs:

    sums = zero(tile)                                   all sums 0
    sums = multiply_add(tile, sums, x, ..., w, ...)     sums[i, j, :] += x[pixel i, j] * w[: vectors * lanes]
    store(tile, sums, y, ...)                           y[pixel i, j, :] = sums[i, j, :]
    add_to(tile, sums, y, at)                           y[at + ...] += sums, tile entries one after the other

The shape of a tile is a Numba *type*: the verbs are unrolled for it when a loop nest is compiled, and Numba's cache on
disk, which is keyed by types, finds the result again. Arrays reach a verb as `address(array)` and are indexed in
elements, from the address: nothing is checked here. What a loop nest over tiles compiles to is called by its own
address, `call(compiled(nest, tile), (...))`, so that the parallel loops around it are compiled once for all tiles.

`_tile_python` has the same verbs in Python for NUMBA_DISABLE_JIT=1.
"""

from functools import cache
from typing import Any

import numba
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.extending import intrinsic, register_model

from chainrule.kernels._cpu import registers

__all__ = ["Tile", "add_to", "address", "call", "compiled", "index", "multiply_add", "store", "width", "zero"]

I32, I64 = ir.IntType(32), ir.IntType(64)
INTP = types.intp


class Tile(types.Type):  # type: ignore[misc]  # Numba is not typed
    """rows x columns pixels of vectors x lanes channels. `masked` tiles do not read lanes beyond the last channel."""

    def __init__(self, dtype: str, rows: int, columns: int, vectors: int, lanes: int, masked: bool = False):
        self.dtype, self.rows, self.columns, self.vectors, self.lanes, self.masked = (
            dtype, rows, columns, vectors, lanes, masked,
        )  # fmt: skip
        super().__init__(f"Tile({dtype}, {rows}x{columns} pixels, {vectors}x{lanes} lanes{', masked' * masked})")

    @property
    def itemsize(self) -> int:
        return 8 if self.dtype == "float64" else 4

    @property
    def width(self) -> int:
        """Output channels of one pixel."""
        return self.vectors * self.lanes

    @property
    def pixels(self) -> int:
        return self.rows * self.columns

    @property
    def vector(self) -> ir.VectorType:
        return ir.VectorType(ir.DoubleType() if self.dtype == "float64" else ir.FloatType(), self.lanes)

    @property
    def sums(self) -> types.Type:
        return types.UniTuple(Vector(self.dtype, self.lanes), self.pixels * self.vectors)


register_model(Tile)(models.OpaqueModel)


class Vector(types.Type):  # type: ignore[misc]
    """One register full of numbers."""

    def __init__(self, dtype: str, lanes: int):
        self.dtype, self.lanes = dtype, lanes
        super().__init__(f"Vector({dtype} x {lanes})")


@register_model(Vector)
class VectorModel(models.PrimitiveModel):  # type: ignore[misc]
    """A Vector is an LLVM vector, as it is."""

    def __init__(self, manager: Any, kind: Vector):
        super().__init__(manager, kind, Tile(kind.dtype, 1, 1, 1, kind.lanes).vector)


class Emitter:
    """Writes the instructions of one verb: `at(address, *steps)` is a pointer, `read` and `write` a vector."""

    def __init__(self, builder: ir.IRBuilder, tile: Tile):
        self.builder, self.tile = builder, tile
        self.mangled = f"v{tile.lanes}f{8 * tile.itemsize}"

    def number(self, value: int) -> ir.Constant:
        return ir.Constant(I64, value)

    def at(self, base: ir.Value, *steps: tuple[ir.Value, int]) -> ir.Value:
        """Pointer to base[sum of step * times]."""
        b = self.builder
        pointer = (
            base if isinstance(base.type, ir.PointerType) else b.inttoptr(base, self.tile.vector.element.as_pointer())
        )
        for step, times in steps:
            pointer = b.gep(pointer, [b.mul(step, self.number(times))])
        return pointer

    def splat(self, scalar: ir.Value, lanes: int) -> ir.Value:
        """The scalar in every lane."""
        empty = ir.Constant(ir.VectorType(scalar.type, lanes), ir.Undefined)
        first = self.builder.insert_element(empty, scalar, ir.Constant(I32, 0))
        return self.builder.shuffle_vector(first, empty, ir.Constant(ir.VectorType(I32, lanes), [0] * lanes))

    def first(self, count: ir.Value, vector: int) -> ir.Value:
        """Mask of the lanes of vector number `vector` that belong to the first `count` channels."""
        numbers = [vector * self.tile.lanes + lane for lane in range(self.tile.lanes)]
        limit = self.splat(self.builder.trunc(count, I32), self.tile.lanes)
        return self.builder.icmp_signed("<", ir.Constant(ir.VectorType(I32, self.tile.lanes), numbers), limit)

    def instruction(self, name: str, result: ir.Type, arguments: list[ir.Value]) -> ir.Value:
        kind = ir.FunctionType(result, [a.type for a in arguments])
        return self.builder.call(cgutils.get_or_insert_function(self.builder.module, kind, name), arguments)

    def read(self, pointer: ir.Value, mask: ir.Value | None = None) -> ir.Value:
        vector, size = self.tile.vector, self.tile.itemsize
        pointer = self.builder.bitcast(pointer, vector.as_pointer())
        if mask is None:
            return self.builder.load(pointer, align=size)
        arguments = [pointer, ir.Constant(I32, size), mask, ir.Constant(vector, None)]
        return self.instruction(f"llvm.masked.load.{self.mangled}.p0{self.mangled}", vector, arguments)

    def write(self, value: ir.Value, pointer: ir.Value, mask: ir.Value | None = None) -> None:
        size = self.tile.itemsize
        pointer = self.builder.bitcast(pointer, value.type.as_pointer())
        if mask is None:
            self.builder.store(value, pointer, align=size)
            return
        name = f"llvm.masked.store.{self.mangled}.p0{self.mangled}"
        self.instruction(name, ir.VoidType(), [value, pointer, ir.Constant(I32, size), mask])

    def write_some(self, values: list[ir.Value], pointers: list[ir.Value], count: ir.Value) -> None:
        """The first `count` lanes of every vector, fewer than all.

        Without AVX-512 in pieces: a half of the lanes, a quarter, ... for each bit of count. AVX2 has a store under a
        mask too, but AMD's processors take 12 cycles and more for one.
        """
        if registers().rich:
            mask = self.first(count, 0)
            for value, pointer in zip(values, pointers, strict=True):
                self.write(value, pointer, mask)
            return
        count = self.builder.select(self.builder.icmp_signed("<", count, self.number(0)), self.number(0), count)
        b, half = self.builder, self.tile.lanes // 2
        while half:
            has = b.icmp_unsigned("!=", b.and_(count, self.number(half)), self.number(0))
            lower, upper = ([self.lanes(value, first, half) for value in values] for first in (0, half))
            with b.if_then(has):
                for value, pointer in zip(lower, pointers, strict=True):
                    self.write(value, pointer)
            values = [b.select(has, high, low) for low, high in zip(lower, upper, strict=True)]
            done = b.select(has, self.number(half), self.number(0))
            pointers = [b.gep(pointer, [done]) for pointer in pointers]
            half //= 2

    def lanes(self, vector: ir.Value, first: int, count: int) -> ir.Value:
        """Some neighbouring lanes of a vector."""
        chosen = ir.Constant(ir.VectorType(I32, count), list(range(first, first + count)))
        return self.builder.shuffle_vector(vector, ir.Constant(vector.type, ir.Undefined), chosen)

    def entries(self) -> list[tuple[int, int, int, int]]:
        """(number, row, column, vector) of every sum."""
        t = self.tile
        return [
            ((i * t.columns + j) * t.vectors + v, i, j, v)
            for i in range(t.rows) for j in range(t.columns) for v in range(t.vectors)
        ]  # fmt: skip


@intrinsic
def zero(context, tile):
    """All sums 0."""

    def emit(target, builder, signature, arguments):
        return target.make_tuple(builder, tile.sums, [ir.Constant(tile.vector, None)] * tile.sums.count)

    return tile.sums(tile), emit


@intrinsic
def multiply_add(context, tile, sums, x, x_at, x_row, x_column, w, w_at, count):
    """sums[i, j, :] += x[x_at + i * x_row + j * x_column] * w[w_at : w_at + width]; a masked tile reads w[: count]."""
    signature = sums(tile, sums, *[INTP] * 7)

    def emit(target, builder, signature, arguments):
        _, old, x, x_at, x_row, x_column, w, w_at, count = arguments
        e = Emitter(builder, tile)
        w_start, x_start = e.at(w, (w_at, 1)), e.at(x, (x_at, 1))
        masks = [e.first(count, v) if tile.masked else None for v in range(tile.vectors)]
        weights = [e.read(e.at(w_start, (e.number(v), tile.lanes)), masks[v]) for v in range(tile.vectors)]
        new, pixel = [], None
        for number, i, j, v in e.entries():
            if v == 0:
                pixel = e.splat(builder.load(e.at(x_start, (x_row, i), (x_column, j))), tile.lanes)
            total = builder.extract_value(old, number)
            new.append(e.instruction(f"llvm.fma.{e.mangled}", tile.vector, [pixel, weights[v], total]))
        return target.make_tuple(builder, tile.sums, new)

    return signature, emit


@intrinsic
def store(context, tile, sums, y, y_at, y_row, y_column, count):
    """y[y_at + i * y_row + j * y_column + :] = sums[i, j, :], the first `count` channels of each pixel."""
    signature = types.void(tile, sums, *[INTP] * 5)

    def emit(target, builder, signature, arguments):
        _, sums, y, y_at, y_row, y_column, count = arguments
        e = Emitter(builder, tile)
        start = e.at(y, (y_at, 1))
        for v in range(tile.vectors):
            values = [builder.extract_value(sums, number) for number, *_, vector in e.entries() if vector == v]
            pixels = [(i, j) for _, i, j, vector in e.entries() if vector == v]
            pointers = [e.at(start, (y_row, i), (y_column, j), (e.number(v), tile.lanes)) for i, j in pixels]
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
        e = Emitter(builder, tile)
        start = e.at(y, (y_at, 1))
        for number, *_ in e.entries():
            to = e.at(start, (e.number(number), tile.lanes))
            e.write(builder.fadd(e.read(to), builder.extract_value(sums, number)), to)
        return target.get_dummy_value()

    return signature, emit


@intrinsic
def width(context, tile):
    """Output channels of one pixel, a constant."""
    return INTP(tile), lambda target, builder, signature, arguments: ir.Constant(I64, tile.width)


@intrinsic
def index(context, array, at):
    """array[at] of an array of int64, by its address."""

    def emit(target, builder, signature, arguments):
        pointer = builder.inttoptr(arguments[0], I64.as_pointer())
        return builder.load(builder.gep(pointer, [arguments[1]]))

    return INTP(INTP, INTP), emit


@numba.njit(inline="always")
def address(array):
    """Where the array's first element lies."""
    return array.ctypes.data


@intrinsic
def call(context, code, arguments):
    """Run compiled code on integers: `code` from `compiled`, `arguments` a tuple."""
    signature = types.void(INTP, arguments)

    def emit(target, builder, signature, values):
        code, packed = values
        opaque = ir.IntType(8).as_pointer()
        kind = ir.FunctionType(opaque, [opaque] + [I64] * arguments.count)
        numbers = [builder.extract_value(packed, n) for n in range(arguments.count)]
        builder.call(builder.inttoptr(code, kind.as_pointer()), [ir.Constant(opaque, None), *numbers])
        return target.get_dummy_value()

    return signature, emit


@cache
def compiled(nest: Any, tile: Tile) -> int:
    """Address of a loop nest `nest(tile, integers...)`, compiled for this tile or read from the cache."""
    arguments = nest.py_func.__code__.co_argcount - 1
    signature = types.void(tile, *[INTP] * arguments)
    nest.compile(signature)
    found = nest.overloads[signature.args]
    return int(found.library.get_pointer_to_function(found.fndesc.llvm_cfunc_wrapper_name))


if numba.config.DISABLE_JIT:
    from chainrule.kernels._tile_python import (  # type: ignore[assignment]
        add_to,
        address,
        call,
        compiled,
        index,
        multiply_add,
        store,
        width,
        zero,
    )  # fmt: skip
