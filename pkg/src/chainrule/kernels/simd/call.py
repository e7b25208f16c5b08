"""Loop nests over tiles by their address.

A parallel loop around a loop nest would be compiled anew for each tile. So what a nest compiles to is called by its own
address, `call(compiled(nest, tile), (...))`, with integers only: arrays are `address(array)`, or a `view` where Numba
makes the loop; tables of integers are read with `index`.
"""

from functools import cache
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from chainrule.kernels.simd.tile import Tile
from chainrule.kernels.simd.vector import I64, INTP

__all__ = ["address", "call", "compiled", "index", "view"]


@intrinsic
def index(context, array, at):
    """array[at] of an array of int64, by its address."""

    def emit(target, builder, signature, arguments):
        pointer = builder.inttoptr(arguments[0], I64.as_pointer())
        return builder.load(builder.gep(pointer, [arguments[1]]))

    return INTP(INTP, INTP), emit


@intrinsic
def address(context, array):
    """Where the array's first element lies."""

    def emit(target, builder, signature, arguments):
        view = target.make_array(signature.args[0])(target, builder, arguments[0])
        return builder.ptrtoint(view.data, I64)

    return INTP(array), emit


@intrinsic
def pointer(context, tile, at):
    """An address as a pointer to numbers of the tile's dtype."""

    def emit(target, builder, signature, arguments):
        return builder.inttoptr(arguments[1], target.get_value_type(signature.return_type))

    return types.CPointer(numba.from_dtype(np.dtype(tile.dtype)))(tile, INTP), emit


@numba.njit
def view(tile, at, count):
    """The `count` numbers at an address as an array."""
    return numba.carray(pointer(tile, at), (count,))


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
    from chainrule.kernels.simd.in_python import (  # type: ignore[assignment]
        address,
        call,
        compiled,
        index,
        view,
    )
