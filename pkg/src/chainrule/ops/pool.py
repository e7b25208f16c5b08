"""Max and average pooling as TensorFlow means them, forward and backward.

Padding never wins and is never counted: a window takes the entries that lie on the image. A tie goes to the first
entry in row-major order. A NaN in a window gives NaN, and the first NaN is the winner, as `np.argmax` has it
(TensorFlow drops a NaN that is not alone; here a NaN must not disappear, because it is a mistake to be found).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from chainrule import kernels
from chainrule.errors import DTypeError, ShapeError, explain
from chainrule.ops._arrays import Array, Target, axes_of, four, from_layout, images, match
from chainrule.shapes import Axis, Padding, Pair, from_nhwc_axes, spatial_pair, to_nhwc_axes

__all__ = ["avg_pool2d", "avg_pool2d_grad", "max_pool2d", "max_pool2d_grad", "max_pool2d_with_winner"]

Shape4 = tuple[int, int, int, int]
Winner = npt.NDArray[np.unsignedinteger[Any]]


def _windows(
    size: tuple[int, int], ksize: Pair, strides: Pair | None, padding: Padding, layout: str
) -> tuple[Axis, Axis]:
    window = spatial_pair("ksize", ksize, layout)
    rows, columns = axes_of(size, window, window if strides is None else strides, padding, (1, 1), layout)
    for name, axis in (("vertical", rows), ("horizontal", columns)):
        if max(axis.before, axis.after) >= axis.window:
            raise ShapeError(
                explain(
                    f"{name} padding would leave a window without an entry of the image",
                    got=f"padding {(axis.before, axis.after)} for a window of {axis.window}",
                    expected=f"at most {axis.window - 1} on each side",
                    fix="pad less, or take a larger window",
                )
            )
    return rows, columns


def _winner_dtype(rows: Axis, columns: Axis) -> type[np.unsignedinteger[Any]]:
    return np.uint8 if rows.window * columns.window <= 256 else np.uint32


def _max_pool(
    x: Array, ksize: Pair, strides: Pair | None, padding: Padding, layout: str, out: Array | None
) -> tuple[Array, Winner]:
    x_ = images("x", x, layout)
    M, H, W, C = x_.shape
    rows, columns = _windows((H, W), ksize, strides, padding, layout)
    target = Target(out, (M, rows.output, columns.output, C), x_, x_, data_format=layout)
    winner: Winner = kernels.empty(target.array.shape, np.dtype(_winner_dtype(rows, columns)))
    kernels.active().max_pool(x_, rows, columns, target.array, winner)
    return target.finish(), winner.transpose(from_nhwc_axes(layout))


def max_pool2d(
    x: Array,
    ksize: Pair,
    strides: Pair | None = None,
    padding: Padding = "VALID",
    *,
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Largest entry of each window, channel by channel: `tf.nn.max_pool2d`. A NaN in a window gives NaN.

    Args:
        x: (M, H, W, C) in the order of `data_format`; float32 or float64.
        ksize: window (R, S), or one number for both.
        strides: (vertical, horizontal), or one number for both; None takes the window.
        padding: "VALID", "SAME", or ((top, bottom), (left, right)), each side less than the window.

    The other arguments are those of `conv2d`.

    Returns:
        (M, P, Q, C) in the order of `data_format`; P and Q as in `conv2d`.

    Raises:
        ShapeError: sizes, strides, padding or layout that do not fit.
        DTypeError: x is no array of float32 or float64.

    Source: notes, section 4, "max pool layer".

    >>> import numpy as np
    >>> max_pool2d(np.arange(16.0).reshape(1, 4, 4, 1), 2)[0, :, :, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """
    return _max_pool(x, ksize, strides, padding, data_format, out)[0]


def max_pool2d_with_winner(
    x: Array,
    ksize: Pair,
    strides: Pair | None = None,
    padding: Padding = "VALID",
    *,
    data_format: str = "NHWC",
    out: Array | None = None,
) -> tuple[Array, Winner]:
    """`max_pool2d`, and which entry of each window won: its row-major index r · S + s in the window.

    A tie goes to the smallest index. Among several NaN the first wins.

    The arguments are those of `max_pool2d`; `out` takes the maxima.

    Returns:
        The maxima, and an array of the same shape of indices: uint8 for windows of up to 256 entries, else uint32.

    Raises:
        ShapeError: sizes, strides, padding or layout that do not fit.
        DTypeError: x is no array of float32 or float64.

    >>> import numpy as np
    >>> out, winner = max_pool2d_with_winner(np.zeros((1, 3, 3, 1)), 2, 1, "SAME")
    >>> winner[0, :, :, 0]
    array([[0, 0, 0],
           [0, 0, 0],
           [0, 0, 0]], dtype=uint8)
    """
    return _max_pool(x, ksize, strides, padding, data_format, out)


def _winners(winner: object, rows: Axis, columns: Axis, data_format: str) -> Winner:
    expected = _winner_dtype(rows, columns)
    if not isinstance(winner, np.ndarray) or winner.dtype != expected:
        raise DTypeError(
            explain(
                "winner cannot be used",
                got=getattr(winner, "dtype", type(winner).__name__),
                expected=f"an array of {np.dtype(expected)}",
                fix="pass what max_pool2d_with_winner returned for the same windows",
            )
        )
    if winner.ndim == 4:
        winner = winner.transpose(to_nhwc_axes(data_format))
    return winner if type(winner) is np.ndarray and winner.flags.carray else np.array(winner, order="C", subok=False)


def max_pool2d_grad(
    delta: Array,
    winner: Winner,
    input_shape: Shape4,
    ksize: Pair,
    strides: Pair | None = None,
    padding: Padding = "VALID",
    *,
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Gradient of a loss with respect to the input of `max_pool2d`.

    Each delta goes to its window's winner; where windows overlap, what arrives adds up.

    Args:
        delta: (M, P, Q, C), gradient with respect to the maxima, in the order of `data_format`.
        winner: (M, P, Q, C), from `max_pool2d_with_winner`. An index that points outside of the image gets nothing.
        input_shape: the shape of x, in the order of `data_format`.

    The other arguments are those of `max_pool2d`.

    Returns:
        An array of `input_shape`.

    Raises:
        ShapeError: delta or winner are not what `max_pool2d` would give for `input_shape`.
        DTypeError: delta is no array of float32 or float64, or winner of other integers.

    Source: notes, section 4, "max pool layer", with a^(l-1) where the condition compares.

    >>> import numpy as np
    >>> x = np.array([1.0, 3.0, 2.0, 2.0]).reshape(1, 2, 2, 1)
    >>> out, winner = max_pool2d_with_winner(x, 2)
    >>> max_pool2d_grad(np.ones((1, 1, 1, 1)), winner, x.shape, 2)[0, :, :, 0]
    array([[0., 1.],
           [0., 0.]])
    """
    delta_ = images("delta", delta, data_format)
    M, H, W, C = from_layout(four("input_shape", input_shape, data_format), data_format)
    rows, columns = _windows((H, W), ksize, strides, padding, data_format)
    winner_ = _winners(winner, rows, columns, data_format)
    shape = (M, rows.output, columns.output, C)
    match("delta", delta_.shape, shape, "pass the gradient with respect to the maxima (shapes as NHWC)")
    match("winner", winner_.shape, shape, "pass what max_pool2d_with_winner returned (shapes as NHWC)")
    target = Target(out, (M, H, W, C), delta_, delta_, data_format=data_format)
    kernels.active().max_pool_grad(delta_, winner_, rows, columns, target.array)
    return target.finish()


def avg_pool2d(
    x: Array,
    ksize: Pair,
    strides: Pair | None = None,
    padding: Padding = "VALID",
    *,
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Mean of each window, channel by channel: `tf.nn.avg_pool2d`. Padding is not counted.

    The arguments are those of `max_pool2d`.

    Returns:
        (M, P, Q, C) in the order of `data_format`.

    Raises:
        ShapeError: sizes, strides, padding or layout that do not fit.
        DTypeError: x is no array of float32 or float64.

    Source: TensorFlow's `tf.nn.avg_pool2d`.

    >>> import numpy as np
    >>> avg_pool2d(np.arange(9.0).reshape(1, 3, 3, 1), 2, 2, "SAME")[0, :, :, 0]
    array([[2. , 3.5],
           [6.5, 8. ]])
    """
    x_ = images("x", x, data_format)
    M, H, W, C = x_.shape
    rows, columns = _windows((H, W), ksize, strides, padding, data_format)
    target = Target(out, (M, rows.output, columns.output, C), x_, x_, data_format=data_format)
    kernels.active().average_pool(x_, rows, columns, target.array)
    return target.finish()


def avg_pool2d_grad(
    delta: Array,
    input_shape: Shape4,
    ksize: Pair,
    strides: Pair | None = None,
    padding: Padding = "VALID",
    *,
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Gradient of a loss with respect to the input of `avg_pool2d`: each delta is spread evenly over its window.

    Args:
        delta: (M, P, Q, C), gradient with respect to the means, in the order of `data_format`.
        input_shape: the shape of x, in the order of `data_format`.

    The other arguments are those of `max_pool2d`.

    Returns:
        An array of `input_shape`.

    Raises:
        ShapeError: delta is not what `avg_pool2d` would give for `input_shape`.
        DTypeError: delta is no array of float32 or float64.

    >>> import numpy as np
    >>> avg_pool2d_grad(np.array([[[[4.0]]]]), (1, 2, 2, 1), 2).ravel()
    array([1., 1., 1., 1.])
    """
    delta_ = images("delta", delta, data_format)
    M, H, W, C = from_layout(four("input_shape", input_shape, data_format), data_format)
    rows, columns = _windows((H, W), ksize, strides, padding, data_format)
    shape = (M, rows.output, columns.output, C)
    match("delta", delta_.shape, shape, "pass the gradient with respect to the means (shapes as NHWC)")
    target = Target(out, (M, H, W, C), delta_, delta_, data_format=data_format)
    kernels.active().average_pool_grad(delta_, rows, columns, target.array)
    return target.finish()
