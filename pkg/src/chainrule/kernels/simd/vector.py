"""Vectors of numbers in Numba: the type, and the LLVM instructions that read, write and fill one.

A CPU multiplies and adds fastest on vectors of numbers ("lanes") that stay in its registers. Numba writes none itself:
it leaves loops to LLVM's vectoriser. The verbs of `_tile` and `_tile_pool` say their vectors explicitly, with an
`Emitter`. Memory is an address and a distance in elements from it: nothing is checked here.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.extending import register_model

from chainrule.kernels.simd.cpu import registers

__all__ = ["I64", "INTP", "Emitter", "Vector"]

I32, I64 = ir.IntType(32), ir.IntType(64)
INTP = types.intp


class Vector(types.Type):  # type: ignore[misc]  # Numba is not typed
    """One register full of numbers."""

    def __init__(self, dtype: str, lanes: int):
        self.dtype, self.lanes = dtype, lanes
        super().__init__(f"Vector({dtype} x {lanes})")

    @property
    def itemsize(self) -> int:
        return 8 if self.dtype == "float64" else 4

    @property
    def llvm(self) -> ir.VectorType:
        return ir.VectorType(ir.DoubleType() if self.dtype == "float64" else ir.FloatType(), self.lanes)


@register_model(Vector)
class VectorModel(models.PrimitiveModel):  # type: ignore[misc]
    """A Vector is an LLVM vector, as it is."""

    def __init__(self, manager: Any, kind: Vector):
        super().__init__(manager, kind, kind.llvm)


class Emitter:
    """Writes instructions on vectors: `at(address, *steps)` is a pointer, `read` and `write` go to memory."""

    def __init__(self, builder: ir.IRBuilder, vector: Vector):
        self.builder, self.vector = builder, vector
        self.mangled = f"v{vector.lanes}f{8 * vector.itemsize}"

    def number(self, value: int) -> ir.Constant:
        return ir.Constant(I64, value)

    def scalar(self, value: float) -> ir.Constant:
        return ir.Constant(self.vector.llvm.element, value)

    def is_not_0(self, flag: ir.Value) -> ir.Value:
        return self.builder.icmp_signed("!=", flag, self.number(0))

    def at(self, base: ir.Value, *steps: tuple[ir.Value, int]) -> ir.Value:
        """Pointer to base[sum of step * times]."""
        b = self.builder
        pointer = (
            base if isinstance(base.type, ir.PointerType) else b.inttoptr(base, self.vector.llvm.element.as_pointer())
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
        numbers = [vector * self.vector.lanes + lane for lane in range(self.vector.lanes)]
        limit = self.splat(self.builder.trunc(count, I32), self.vector.lanes)
        return self.builder.icmp_signed("<", ir.Constant(ir.VectorType(I32, self.vector.lanes), numbers), limit)

    def instruction(self, name: str, result: ir.Type, arguments: list[ir.Value]) -> ir.Value:
        kind = ir.FunctionType(result, [a.type for a in arguments])
        return self.builder.call(cgutils.get_or_insert_function(self.builder.module, kind, name), arguments)

    def read(self, pointer: ir.Value, mask: ir.Value | None = None) -> ir.Value:
        vector, size = self.vector.llvm, self.vector.itemsize
        pointer = self.builder.bitcast(pointer, vector.as_pointer())
        if mask is None:
            return self.builder.load(pointer, align=size)
        arguments = [pointer, ir.Constant(I32, size), mask, ir.Constant(vector, None)]
        return self.instruction(f"llvm.masked.load.{self.mangled}.p0{self.mangled}", vector, arguments)

    def write(self, value: ir.Value, pointer: ir.Value, mask: ir.Value | None = None) -> None:
        size = self.vector.itemsize
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
        b, half = self.builder, self.vector.lanes // 2
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

    def fence(self) -> None:
        """No instruction, but LLVM reads nothing that comes after it before it.

        It unrolls loops, and then reads the numbers of several rounds ahead: with 16 registers some of the sums would
        have to make room.
        """
        if not registers().rich:
            self.builder.asm(ir.FunctionType(ir.VoidType(), []), "", "~{memory}", [], side_effect=True)

    def choose(self, first: ir.Value, second: ir.Value, lanes: list[int]) -> ir.Value:
        """A vector of lanes of two: the first's from 0 on, then the second's."""
        return self.builder.shuffle_vector(first, second, ir.Constant(ir.VectorType(I32, len(lanes)), lanes))

    def lanes(self, vector: ir.Value, first: int, count: int) -> ir.Value:
        """Some neighbouring lanes of a vector."""
        return self.choose(vector, ir.Constant(vector.type, ir.Undefined), list(range(first, first + count)))
