"""Vectors of numbers in Numba: the type, and the LLVM instructions that load, store and fill one.

A CPU multiplies and adds fastest on vectors of numbers ("lanes") that stay in its registers. Numba leaves vectors to
LLVM's optimiser, which finds them in simple loops only, and never wider than 256 bits on AVX-512. The verbs of `tile`,
`copying` and `pooling` say their vectors explicitly, with an `Emitter`. Memory is an address and an offset in elements
from it; nothing is checked here.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.extending import register_model

from chainrule.kernels.simd.cpu import registers
from chainrule.kernels.simd.verbs import I64

__all__ = ["Emitter", "Vector"]

I32 = ir.IntType(32)


class Vector(types.Type):  # type: ignore[misc]  # Numba is not typed
    """One register full of numbers, as a Numba type."""

    def __init__(self, dtype: str, lanes: int):
        self.dtype, self.lanes = dtype, lanes
        super().__init__(f"Vector({dtype} x {lanes})")

    @property
    def itemsize(self) -> int:
        """Bytes of one number."""
        return 8 if self.dtype == "float64" else 4

    @property
    def llvm(self) -> ir.VectorType:
        """The same as an LLVM type."""
        return ir.VectorType(ir.DoubleType() if self.dtype == "float64" else ir.FloatType(), self.lanes)


@register_model(Vector)
class VectorModel(models.PrimitiveModel):  # type: ignore[misc]
    """Numba keeps a Vector in one LLVM vector value, never in memory of its own."""

    def __init__(self, manager: Any, kind: Vector):
        super().__init__(manager, kind, kind.llvm)


class Emitter:
    """Emits instructions on vectors of one type.

    `pointer(address, *strides)` says where; `load` and `store` move a vector from and to there.
    """

    def __init__(self, builder: ir.IRBuilder, vector: Vector):
        self.builder, self.vector = builder, vector
        # LLVM names its intrinsics by what they work on: v8f32 for eight 32-bit floats.
        self.mangled = f"v{vector.lanes}f{8 * vector.itemsize}"

    def number(self, value: int) -> ir.Constant:
        """A constant integer."""
        return ir.Constant(I64, value)

    def scalar(self, value: float) -> ir.Constant:
        """A constant of the vector's dtype."""
        return ir.Constant(self.vector.llvm.element, value)

    def is_not_0(self, flag: ir.Value) -> ir.Value:
        """An integer that stands for a flag, as one bit."""
        return self.builder.icmp_signed("!=", flag, self.number(0))

    def pointer(self, address: ir.Value, *strides: tuple[ir.Value, int]) -> ir.Value:
        """Pointer to the element at the sum of stride * times from `address`, an integer or a pointer."""
        b = self.builder
        pointer = address
        if not isinstance(address.type, ir.PointerType):
            pointer = b.inttoptr(address, self.vector.llvm.element.as_pointer())
        for stride, times in strides:
            pointer = b.gep(pointer, [b.mul(stride, self.number(times))])
        return pointer

    def splat(self, scalar: ir.Value, lanes: int) -> ir.Value:
        """A vector with the scalar in every lane."""
        # LLVM has no instruction for it; it knows this pair, and makes a single broadcast of it.
        empty = ir.Constant(ir.VectorType(scalar.type, lanes), ir.Undefined)
        lane_0 = self.builder.insert_element(empty, scalar, ir.Constant(I32, 0))
        return self.builder.shuffle_vector(lane_0, empty, ir.Constant(ir.VectorType(I32, lanes), [0] * lanes))

    def lane_mask(self, count: ir.Value, vector: int) -> ir.Value:
        """Which lanes of vector number `vector` of a pixel belong to its first `count` channels."""
        channels = [vector * self.vector.lanes + lane for lane in range(self.vector.lanes)]
        limit = self.splat(self.builder.trunc(count, I32), self.vector.lanes)
        return self.builder.icmp_signed("<", ir.Constant(ir.VectorType(I32, self.vector.lanes), channels), limit)

    def intrinsic(self, name: str, result: ir.Type, arguments: list[ir.Value]) -> ir.Value:
        """Call an LLVM intrinsic, declared in this module at its first use."""
        kind = ir.FunctionType(result, [argument.type for argument in arguments])
        return self.builder.call(cgutils.get_or_insert_function(self.builder.module, kind, name), arguments)

    def load(self, pointer: ir.Value, mask: ir.Value | None = None) -> ir.Value:
        """The vector at a pointer; lanes outside of the mask are 0, and their memory is not touched."""
        vector, size = self.vector.llvm, self.vector.itemsize
        pointer = self.builder.bitcast(pointer, vector.as_pointer())
        if mask is None:
            return self.builder.load(pointer, align=size)  # a pixel of three channels is aligned to one number only
        arguments = [pointer, ir.Constant(I32, size), mask, ir.Constant(vector, None)]
        return self.intrinsic(f"llvm.masked.load.{self.mangled}.p0{self.mangled}", vector, arguments)

    def store(self, value: ir.Value, pointer: ir.Value, mask: ir.Value | None = None) -> None:
        """A vector of any length to a pointer; memory outside of the mask is not touched."""
        size = self.vector.itemsize
        pointer = self.builder.bitcast(pointer, value.type.as_pointer())
        if mask is None:
            self.builder.store(value, pointer, align=size)
            return
        name = f"llvm.masked.store.{self.mangled}.p0{self.mangled}"
        self.intrinsic(name, ir.VoidType(), [value, pointer, ir.Constant(I32, size), mask])

    def store_partial(self, values: list[ir.Value], pointers: list[ir.Value], count: ir.Value) -> None:
        """The first `count` lanes of each vector to its pointer; fewer than all, none if `count` is negative."""
        if registers().avx512:
            mask = self.lane_mask(count, 0)
            for value, pointer in zip(values, pointers, strict=True):
                self.store(value, pointer, mask)
            return
        # AVX2 has a masked store too, but AMD's processors take 12 cycles and more for one. So: for each bit of count,
        # from the highest, store a half (a quarter, an eighth ...) of the lanes, and go on behind what is stored.
        count = self.builder.select(self.builder.icmp_signed("<", count, self.number(0)), self.number(0), count)
        b, half = self.builder, self.vector.lanes // 2
        while half:
            has = b.icmp_unsigned("!=", b.and_(count, self.number(half)), self.number(0))
            lower, upper = ([self.some_lanes(value, start, half) for value in values] for start in (0, half))
            with b.if_then(has):
                for value, pointer in zip(lower, pointers, strict=True):
                    self.store(value, pointer)
            values = [b.select(has, high, low) for low, high in zip(lower, upper, strict=True)]
            done = b.select(has, self.number(half), self.number(0))
            pointers = [b.gep(pointer, [done]) for pointer in pointers]
            half //= 2

    def fence(self) -> None:
        """Keep LLVM from reading what comes after this before it; no instruction of the CPU.

        LLVM unrolls loops and reads the numbers of several rounds ahead. With 16 registers, some of a tile's sums would
        have to make room for them.
        """
        if not registers().avx512:
            self.builder.asm(ir.FunctionType(ir.VoidType(), []), "", "~{memory}", [], side_effect=True)

    def shuffle(self, a: ir.Value, b: ir.Value, lanes: list[int]) -> ir.Value:
        """A vector of lanes of two others: those of `a` are numbered from 0, those of `b` go on from there."""
        return self.builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(I32, len(lanes)), lanes))

    def some_lanes(self, vector: ir.Value, start: int, count: int) -> ir.Value:
        """The `count` lanes of a vector from lane `start` on."""
        return self.shuffle(vector, ir.Constant(vector.type, ir.Undefined), list(range(start, start + count)))
