"""A verb twice: a Python function that says what it means, and below it the machine code that Numba puts in its place.

    def double(tile, x):
        return 2 * x

    @machine_code(double, lambda tile, x: x)                   # the type of the result, from the arguments' types
    def _(context, builder, signature, values):                # emits instructions, returns the result's LLVM value
        return builder.add(values[1], values[1])

Compiled code runs the second, NUMBA_DISABLE_JIT=1 the first. Numba calls the same thing an intrinsic, but an intrinsic
has no Python side; an `overload` has one, and takes ten times as long to compile.
"""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.core.typing import signature
from numba.extending import lower_builtin, type_callable

__all__ = ["I64", "INTP", "machine_code", "window"]

I64 = ir.IntType(64)
INTP = types.intp

Emit = Callable[..., Any]


def machine_code(verb: Callable[..., Any], result: Callable[..., Any]) -> Callable[[Emit], Emit]:
    """Decorator of the function that emits the machine code of `verb`.

    Args:
        verb: the Python function of the same meaning; its parameters are those of the compiled verb.
        result: from the Numba types of the arguments to the type of the result.

    Returns:
        A decorator that hands its function back: (context, builder, signature, values) -> LLVM value.
    """

    @type_callable(verb)  # type: ignore[untyped-decorator]
    def typing(context: Any) -> Callable[..., Any]:
        def typer(*kinds: Any) -> Any:
            # Every integer, a literal or 32 bits wide, arrives as 64 bits: addresses and distances mix freely.
            kinds = tuple(INTP if isinstance(kind, types.Integer) else kind for kind in kinds)
            return signature(result(*kinds), *kinds)

        # Numba binds keyword arguments by this signature, and refuses a wrong number of them.
        typer.__signature__ = inspect.signature(verb)  # type: ignore[attr-defined]
        return typer

    def register(emit: Emit) -> Emit:
        lower_builtin(verb, types.VarArg(types.Any))(emit)
        return emit

    return register


def window(array: npt.NDArray[Any], offset: int, count: int) -> npt.NDArray[Any]:
    """array[offset : offset + count] for the Python side of a verb, where compiled code would read without a check.

    Raises:
        IndexError: some of it lies outside of the array.
    """
    if not 0 <= offset <= offset + count <= array.size:
        raise IndexError(f"a tile meets elements {offset} to {offset + count - 1} of {array.size}")
    return np.asarray(array[offset : offset + count])
