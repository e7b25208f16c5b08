"""Loop nests by their address, and their arguments as a record.

A parallel loop around a loop nest would be compiled anew for each tile. So what a nest compiles to is called by its own
address. Compiled code knows neither how many arguments an address takes nor in which order, so it takes one: the
address of a record whose fields have names.

    class RowArgs(NamedTuple):                           # integers only: sizes, strides, addresses, flags as 0 or 1
        x: int
        size: int

    @jit
    def nest(tile, args):
        a = load_args(RowArgs, args)
        ... a.x, a.size ...

    call(code_address(nest, tile), (store_args(RowArgs(x=address(x), size=x.size)),))

A field that is missing or misspelt does not compile. Arrays travel as `address(array)`; a nest reads them by the verbs
of a tile, by `load_int`, or `as_array` where Numba makes the loop. What is the same in every call of a kernel is laid
out once, as an array, by `packed_args`.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numba
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.errors import TypingError

from chainrule.kernels.simd.tile import Tile
from chainrule.kernels.simd.verbs import I64, INTP, machine_code, window

__all__ = ["address", "as_array", "call", "code_address", "load_args", "load_int", "packed_args", "store_args"]


def address(array):
    """Where the array's first element lies; in Python a flat view of it."""
    return array.reshape(-1)


@machine_code(address, lambda array: INTP)
def _(context, builder, signature, values):
    view = context.make_array(signature.args[0])(context, builder, values[0])
    return builder.ptrtoint(view.data, I64)


# Tables (of taps, of what a row meets) are arrays of int64, which is what every integer of a nest is.
def load_int(table, index):
    """table[index] of an array of int64, by its address."""
    return int(window(table, index, 1)[0])


@machine_code(load_int, lambda table, index: INTP)
def _(context, builder, signature, values):
    pointer = builder.inttoptr(values[0], I64.as_pointer())
    return builder.load(builder.gep(pointer, [values[1]]))


def as_array(tile, address, count):
    """The `count` numbers of the tile's dtype at an address, as an array."""
    return window(address, 0, count)


@machine_code(as_array, lambda tile, *integers: types.Array(numba.from_dtype(np.dtype(tile.dtype)), 1, "C"))
def _(context, builder, signature, values):
    kind, (_, start, count) = signature.return_type, values
    view = context.make_array(kind)(context, builder)
    itemsize = ir.Constant(I64, np.dtype(signature.args[0].dtype).itemsize)
    context.populate_array(
        view,
        data=builder.inttoptr(start, context.get_data_type(kind.dtype).as_pointer()),
        shape=cgutils.pack_array(builder, [count]),
        strides=cgutils.pack_array(builder, [itemsize]),
        itemsize=itemsize,
        meminfo=None,  # the memory belongs to the array whose address this is, and outlives the call
    )
    return view._getvalue()


def store_args(record):
    """Address of a record of integers, laid out one after the other until the caller returns; in Python the record."""
    return record


def _address_type(record: types.Type) -> types.Type:
    fields = zip(record.fields, record.types, strict=True)
    if others := [f"{name} is {kind}" for name, kind in fields if not isinstance(kind, types.Integer)]:
        raise TypingError(f"{record.instance_class.__name__} is not of integers only: {', '.join(others)}")
    return INTP


@machine_code(store_args, _address_type)
def _(context, builder, signature, values):
    kind = signature.args[0]
    # In the function's first block, whatever loop this stands in: memory taken in a loop would grow with each round.
    room = builder.bitcast(cgutils.alloca_once(builder, ir.ArrayType(I64, len(kind.fields))), I64.as_pointer())
    for number, field in enumerate(kind.types):
        integer = context.cast(builder, builder.extract_value(values[0], number), field, INTP)
        builder.store(integer, builder.gep(room, [ir.Constant(I64, number)]))
    return builder.ptrtoint(room, I64)


def load_args(record, address):
    """The record at an address; `record` is its class."""
    if isinstance(address, record):
        return address
    if isinstance(address, tuple) or len(address) != len(record._fields):
        raise TypeError(f"got the arguments of another function, expected {record.__name__}")
    return record(*address.tolist())


def _record_type(record: types.Type, _address: types.Type) -> types.Type:
    fields = record.instance_class
    return types.NamedUniTuple(INTP, len(fields._fields), fields)


@machine_code(load_args, _record_type)
def _(context, builder, signature, values):
    start, kind = builder.inttoptr(values[1], I64.as_pointer()), signature.return_type
    fields = [builder.load(builder.gep(start, [ir.Constant(I64, number)])) for number in range(kind.count)]
    return context.make_tuple(builder, kind, fields)


def packed_args(record: NamedTuple) -> npt.NDArray[np.int64]:
    """A record of integers as an array, whose address `load_args` takes: passing it on costs less than its fields."""
    return np.array(record, np.int64)


_NESTS: list[Callable[..., None]] = []  # with NUMBA_DISABLE_JIT=1 the address of a nest is its index in here


def call(code, integers):
    """Run a loop nest or task by its address; the tuple of integers is what it takes after its tile."""
    _NESTS[code](*integers)


@machine_code(call, lambda code, integers: types.void)
def _(context, builder, signature, values):
    code, packed = values
    integers = [builder.extract_value(packed, number) for number in range(signature.args[1].count)]
    # Numba's C wrapper: a tile takes the place of a pointer, and so does what is returned.
    opaque = ir.IntType(8).as_pointer()
    kind = ir.FunctionType(opaque, [opaque] + [I64] * len(integers))
    builder.call(builder.inttoptr(code, kind.as_pointer()), [ir.Constant(opaque, None), *integers])
    return context.get_dummy_value()


@cache
def code_address(nest: Any, tile: Tile) -> int:
    """Address of a loop nest `nest(tile, integers...)`, compiled for this tile or read from the cache."""
    if numba.config.DISABLE_JIT:
        _NESTS.append(lambda *integers: nest(tile, *integers))
        return len(_NESTS) - 1
    arguments = nest.py_func.__code__.co_argcount - 1
    signature = types.void(tile, *[INTP] * arguments)
    nest.compile(signature)
    overload = nest.overloads[signature.args]
    return int(overload.library.get_pointer_to_function(overload.fndesc.llvm_cfunc_wrapper_name))
