"""One guarded call of a student's function: fresh arguments in, a record out, nothing on the screen."""

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Call", "call", "fresh", "quiet", "same", "show"]

_PRINT_LIMIT = 2000  # characters: a screenful of a report; a loop that prints must not fill it


@dataclass(frozen=True)
class Call:
    """Result of a guarded call of a student's function.

    `error` is the exception's type name, empty if none; `changed` the positions of arguments that were altered.
    """

    result: Any
    error: str = ""
    error_text: str = ""
    changed: tuple[int, ...] = ()
    printed: str = ""


def call(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Call:
    """Call with copies of the arguments; exceptions, warnings and printed text become part of the record.

    An exception that is not an `Exception` is not the student's (a stop button, a failure of the test runner): it
    passes.

    >>> call(lambda x: 1 / x, (0,)).error
    'ZeroDivisionError'
    """
    copies = fresh(arguments)
    printed = io.StringIO()
    with quiet(), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            result = fresh(function(*copies))
        except (Exception, SystemExit) as error:  # any error is the student's, and a finding
            # The test runner calls the function in another process and has only the type's name of an error.
            name = str(getattr(error, "type_name", type(error).__name__))
            return Call(None, name, str(error)[:300], printed=printed.getvalue()[:_PRINT_LIMIT])
    changed = tuple(i for i, (a, b) in enumerate(zip(copies, arguments, strict=True)) if not same(a, b))
    return Call(result, changed=changed, printed=printed.getvalue()[:_PRINT_LIMIT])


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """No warning gets out: nbgrader gives no points to a cell that writes to stderr."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def fresh(value: Any) -> Any:
    """A copy of built-in data: arrays, sequences, dictionaries, generators; anything else is handed on as it is.

    A copied view has the strides of the view: ``np.array(x[::2])`` would be dense, and a function that goes wrong for
    views alone would pass.

    >>> x = np.zeros((4, 6))[::-1, ::2]
    >>> fresh(x).strides == x.strides
    True
    """
    if isinstance(value, np.ndarray):
        return _copied_view(np.ndarray.view(value, np.ndarray))
    if isinstance(value, tuple):
        return tuple(fresh(item) for item in value)
    if isinstance(value, list):
        return [fresh(item) for item in value]
    if isinstance(value, dict):
        return {key: fresh(item) for key, item in value.items()}
    if isinstance(value, np.random.Generator):
        copied = np.random.Generator(type(value.bit_generator)())
        copied.bit_generator.state = value.bit_generator.state
        return copied
    return value


def _copied_view(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A writeable copy with the strides of the original, or a dense one if items of the original share their place."""
    extent = array.itemsize
    for stride, n in sorted((abs(stride), n) for stride, n in zip(array.strides, array.shape, strict=True) if n > 1):
        # True of broadcast arrays and sliding windows: in a copy like them, one write would change several items.
        if stride < extent:
            return np.array(array)
        extent += (n - 1) * stride
    # A copy that NumPy makes is enough for an array without gaps; one of objects cannot be laid over bytes.
    if array.flags.forc or array.dtype.hasobject:
        return np.array(array)
    # Along a reversed axis, the first item is the last one in memory.
    first = sum((n - 1) * -stride for stride, n in zip(array.strides, array.shape, strict=True) if stride < 0 < n)
    copied: np.ndarray[Any, Any] = np.ndarray(array.shape, array.dtype, bytearray(extent), first, array.strides)
    copied[...] = array
    return copied


def same(a: Any, b: Any) -> bool:
    """Whether two values are equal to the last bit; NaN equals NaN. Generators are free to advance."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        a, b = np.asarray(a), np.asarray(b)
        numeric = a.dtype.kind in "fc" and b.dtype.kind in "fc"
        return a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=numeric))
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float | np.floating) and isinstance(b, float | np.floating):
        return bool(a == b or (np.isnan(a) and np.isnan(b)))
    if isinstance(a, int | str | bytes | bool | np.generic):
        return bool(a == b)
    return True


def show(name: str, arguments: tuple[Any, ...]) -> str:
    """A call as one would type it, arrays larger than a line as their shape."""
    return f"{name}({', '.join(_short(value) for value in arguments)})"


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.size > 9:
        return f"<{'×'.join(map(str, value.shape))}>"
    if isinstance(value, np.ndarray):
        return _entries(value.tolist())
    if isinstance(value, int | float | str | bool | tuple | np.generic):
        text = f"{value}"
        return text if len(text) < 40 else text[:37] + "..."
    return f"<{type(value).__name__}>"


def _entries(value: Any) -> str:
    """Nested lists of numbers to five digits."""
    if isinstance(value, list):
        return f"[{', '.join(_entries(item) for item in value)}]"
    return f"{value:.5g}" if isinstance(value, float) else str(value)
