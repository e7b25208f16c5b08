"""What every operation asks of its arrays before an unchecked kernel sees them."""

import math
import operator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.errors import DTypeError, ParameterError, ShapeError, explain
from chainrule.kernels import empty
from chainrule.shapes import Axis, Padding, Pair, from_nhwc_axes, spatial_pair, to_nhwc_axes, window_axes

__all__ = [
    "Array",
    "Target",
    "axes_of",
    "bias_of",
    "flag",
    "floats",
    "four",
    "from_layout",
    "images",
    "match",
    "same_dtype",
]

Array: TypeAlias = npt.NDArray[np.floating]
AS_IT_IS = (0, 1, 2, 3)
SINGLE, DOUBLE = np.dtype(np.float32), np.dtype(np.float64)


def floats(name: str, value: object, letters: str) -> Array:
    """`value` as an aligned, contiguous, writable array of float32 or float64; copied only if it is not one already.

    `letters` names the axes that it must have: "MD" means two, "...K" any number from one on.
    """
    if not isinstance(value, np.ndarray) or isinstance(value, np.ma.MaskedArray):
        got = type(value).__name__
        raise DTypeError(explain(f"{name} is no array", got=got, expected="a NumPy array", fix=f"np.asarray({name})"))
    dtype = value.dtype
    if dtype is not SINGLE and dtype is not DOUBLE and dtype not in (SINGLE, DOUBLE):  # comparing takes a while
        raise DTypeError(
            explain(
                f"{name} holds another kind of number",
                got=value.dtype.name if value.dtype.isnative else f"{value.dtype.name} in foreign byte order",
                expected="float32 or float64",
                fix=f"{name}.astype(np.float64)",
            )
        )
    if value.ndim != len(letters) and (letters != "...K" or value.ndim == 0):
        axes = "(..., K)" if letters == "...K" else f"({', '.join(letters)})"
        raise ShapeError(
            explain(f"{name} has another number of axes", got=value.shape, expected=axes, fix=f"reshape {name}")
        )
    if type(value) is np.ndarray and value.flags.carray:
        return value
    return np.array(value, order="C", subok=False)


def same_dtype(a: str, first: Array, b: str, second: Array) -> None:
    """Both arrays hold the same kind of float."""
    if first.dtype != second.dtype:
        raise DTypeError(
            explain(
                f"{a} and {b} hold different floats",
                got=f"{first.dtype} and {second.dtype}",
                expected="one dtype for both",
                fix="convert one with .astype(np.float64)",
            )
        )


def bias_of(bias: object, w: Array) -> Array | None:
    """A bias for each output of w, its last axis."""
    if bias is None:
        return None
    b = floats("bias", bias, "K")
    same_dtype("bias", b, "w", w)
    match("bias", b.shape, w.shape[-1:], "bias has one entry for each entry of w's last axis")
    return b


def flag(name: str, value: object) -> bool:
    """True or False, and no other value that could mean one of them."""
    if not isinstance(value, (bool, np.bool_)):
        got = type(value).__name__
        raise ParameterError(explain(f"{name} is no flag", got=got, expected="True or False", fix=f"{name}=True"))
    return bool(value)


def match(name: str, got: tuple[int, ...], expected: tuple[int, ...], fix: str) -> None:
    """Two shapes are equal."""
    if got != expected:
        raise ShapeError(explain(f"{name} does not fit", got=got, expected=expected, fix=fix))


def four(name: str, value: object, letters: str) -> tuple[int, int, int, int]:
    """A shape of four sizes, none negative."""
    try:
        a, b, c, d = (operator.index(size) for size in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        a = b = c = d = -1
    if min(a, b, c, d) < 0 or math.prod((a, b, c, d)) >= 2**60:
        raise ShapeError(
            explain(
                f"{name} is not a shape",
                got=repr(value),
                expected=f"four sizes, ({', '.join(letters)})",
                fix="pass x.shape",
            )
        )
    return a, b, c, d


def images(name: str, value: object, data_format: str) -> Array:
    """An array of images in any layout as NHWC, ready for a kernel."""
    axes = to_nhwc_axes(data_format)
    if axes != AS_IT_IS and isinstance(value, np.ndarray) and value.ndim == 4:
        return floats(name, value.transpose(axes), "NHWC")
    return floats(name, value, data_format)


def from_layout(shape: tuple[int, int, int, int], data_format: str) -> tuple[int, int, int, int]:
    """A shape in any layout as NHWC."""
    n, h, w, c = (shape[axis] for axis in to_nhwc_axes(data_format))
    return n, h, w, c


class Target:
    """Where a kernel writes: the caller's `out` if a kernel can write there, else a new array that is copied to it."""

    def __init__(
        self, out: object, shape: tuple[int, ...], like: Array, *inputs: Array | None, data_format: str = "NHWC"
    ):
        self.out: Array | None = None
        self.layout = data_format
        if out is None:
            self.array: Array = empty(shape, like.dtype)
            return
        axes = tuple(range(len(shape))) if len(shape) != 4 else to_nhwc_axes(data_format)
        self.out, array = _writable(out, shape, axes, like.dtype, data_format)
        clash = not array.flags.carray or any(
            other is not None and np.may_share_memory(array, other) for other in inputs
        )
        self.array = np.empty(shape, like.dtype) if clash else array

    def finish(self) -> Array:
        """The result in the caller's layout, in `out` if there is one."""
        result = self.array if self.layout == "NHWC" else self.array.transpose(from_nhwc_axes(self.layout))
        if self.out is None:
            return result
        if not np.shares_memory(self.out, self.array):
            np.copyto(self.out, result)
        return self.out


def _writable(
    out: object, shape: tuple[int, ...], axes: tuple[int, ...], dtype: np.dtype[Any], layout: str
) -> tuple[Array, Array]:
    if not isinstance(out, np.ndarray) or out.dtype != dtype or not out.flags.writeable:
        raise DTypeError(
            explain(
                "out cannot be written to",
                got=f"{type(out).__name__} of {getattr(out, 'dtype', 'no dtype')}",
                expected=f"a writable NumPy array of {dtype}",
                fix="leave out=None",
            )
        )
    if out.ndim != len(shape) or out.transpose(axes).shape != shape:
        expected = shape if axes == tuple(range(len(shape))) else f"{shape} as NHWC, in {layout}"
        raise ShapeError(explain("out does not fit", got=out.shape, expected=expected, fix="leave out=None"))
    return out, out.transpose(axes)


_SEEN: dict[object, tuple[Axis, Axis]] = {}


def axes_of(
    size: tuple[int, int], window: tuple[int, int], strides: Pair, padding: Padding, dilations: Pair, data_format: str
) -> tuple[Axis, Axis]:
    """`shapes.window_axes` of unchecked arguments; remembered: a small convolution is quicker than these checks."""
    key = (size, window, repr((strides, padding, dilations)), data_format)
    if key not in _SEEN:
        if len(_SEEN) > 4096:
            _SEEN.clear()
        steps = spatial_pair("strides", strides, data_format)
        spread = spatial_pair("dilations", dilations, data_format)
        _SEEN[key] = window_axes(size, window, steps, padding, spread)
    return _SEEN[key]
