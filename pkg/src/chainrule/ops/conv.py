"""Convolution as TensorFlow means it, with both gradients."""

from chainrule import kernels
from chainrule.errors import ShapeError, explain
from chainrule.ops._arrays import (
    Array,
    Target,
    axes_of,
    bias_of,
    flag,
    floats,
    four,
    from_layout,
    images,
    match,
    same_dtype,
)
from chainrule.shapes import Axis, Padding, Pair

__all__ = [
    "conv2d",
    "conv2d_grad_filter",
    "conv2d_grad_input",
]

_DELTA = "pass the gradient with respect to this convolution's result, with its settings (shapes as NHWC)"
Shape4 = tuple[int, int, int, int]


def _channels(name: str, got: int, expected: int, fix: str) -> None:
    if got != expected:
        raise ShapeError(explain(f"{name} has another number of channels", got=got, expected=expected, fix=fix))


def conv2d(
    x: Array,
    w: Array,
    *,
    strides: Pair = (1, 1),
    padding: Padding = "VALID",
    dilations: Pair = (1, 1),
    data_format: str = "NHWC",
    bias: Array | None = None,
    relu: bool = False,
    out: Array | None = None,
) -> Array:
    """Cross-correlation of images with filters, nothing flipped: `tf.nn.conv2d`, and `tf.nn.bias_add` and `tf.nn.relu`.

    z[m, p, q, k] = b[k] + Σ_rsc x[m, p·stride + r·dilation − top, q·stride + s·dilation − left, c] · w[r, s, c, k],
    and where `relu` a = max(0, z), all in one pass.

    Args:
        x: (M, H, W, C) in the order of `data_format`; float32 or float64.
        w: (R, S, C, K), the same dtype, whatever the layout of x.
        strides: one number, (vertical, horizontal), or four with 1 for batch and channels.
        padding: "VALID", "SAME" or ((top, bottom), (left, right)).
        dilations: like strides.
        data_format: a permutation of the letters N, H, W, C.
        bias: b (K,), the same dtype; None for no bias.
        relu: whether to take max(0, ·) at the end. A NaN stays NaN; the slope at 0 is that of `bias_relu_grad`.
        out: an array of the result's shape and dtype to write to, so that nothing is allocated.

    Returns:
        (M, P, Q, K) in the order of `data_format`. P = ceil(H / stride) for "SAME", else
        floor((H + top + bottom − (R − 1)·dilation − 1) / stride) + 1; Q likewise. Layouts other than NHWC
        get a transposed view of an NHWC array: the next operation in the same layout uses it without a copy.

    Raises:
        ShapeError: sizes, channels, strides, padding or layout that do not fit.
        DTypeError: not arrays of float32 or of float64.
        ParameterError: relu is neither True nor False.

    Source: notes, section 4, "the comparison with TensorFlow".

    >>> import numpy as np
    >>> x = np.arange(12.0).reshape(1, 3, 4, 1)
    >>> conv2d(x, np.ones((2, 2, 1, 1)), strides=2)[0, :, :, 0]
    array([[10., 18.]])
    """
    x_, w_ = images("x", x, data_format), floats("w", w, "RSCK")
    same_dtype("x", x_, "w", w_)
    M, H, W, C = x_.shape
    R, S, w_channels, K = w_.shape
    _channels("w", w_channels, C, "w is (R, S, channels of x, channels of the result); check data_format")
    rows, columns = axes_of((H, W), (R, S), strides, padding, dilations, data_format)
    b = bias_of(bias, w_)
    target = Target(out, (M, rows.output, columns.output, K), x_, x_, w_, b, data_format=data_format)
    kernels.active().conv(x_, w_, b, rows, columns, flag("relu", relu), target.array)
    return target.finish()


def _check_delta(delta: Array, M: int, rows: Axis, columns: Axis, K: int) -> None:
    match("delta", delta.shape, (M, rows.output, columns.output, K), _DELTA)


def conv2d_grad_input(
    delta: Array,
    w: Array,
    input_shape: Shape4,
    *,
    strides: Pair = (1, 1),
    padding: Padding = "VALID",
    dilations: Pair = (1, 1),
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Gradient of a loss with respect to the input of `conv2d`: what `tf.raw_ops.Conv2DBackpropInput` gives.

    Args:
        delta: (M, P, Q, K), gradient with respect to the result of `conv2d`, in the order of `data_format`.
        w: (R, S, C, K).
        input_shape: the shape of x, in the order of `data_format`.

    The other arguments are those of `conv2d`.

    Returns:
        An array of `input_shape`.

    Raises:
        ShapeError: delta is not what `conv2d` would give for `input_shape`.
        DTypeError: not arrays of float32 or of float64.

    Source: notes, section 4, "back propagation".

    >>> import numpy as np
    >>> conv2d_grad_input(np.ones((1, 2, 2, 1)), np.ones((2, 2, 1, 1)), (1, 3, 3, 1))[0, :, :, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    delta_, w_ = images("delta", delta, data_format), floats("w", w, "RSCK")
    same_dtype("delta", delta_, "w", w_)
    M, H, W, C = from_layout(four("input_shape", input_shape, data_format), data_format)
    R, S, w_channels, K = w_.shape
    _channels("w", w_channels, C, "w is (R, S, channels of x, channels of the result); check data_format")
    rows, columns = axes_of((H, W), (R, S), strides, padding, dilations, data_format)
    _check_delta(delta_, M, rows, columns, K)
    target = Target(out, (M, H, W, C), delta_, delta_, w_, data_format=data_format)
    kernels.active().conv_grad_input(delta_, w_, rows, columns, target.array)
    return target.finish()


def conv2d_grad_filter(
    x: Array,
    delta: Array,
    filter_shape: Shape4,
    *,
    strides: Pair = (1, 1),
    padding: Padding = "VALID",
    dilations: Pair = (1, 1),
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Gradient of a loss with respect to the filter of `conv2d`: what `tf.raw_ops.Conv2DBackpropFilter` gives.

    The sum over batch and positions is taken in a fixed order: the same to the bit for any number of threads.

    Args:
        x: (M, H, W, C), the input of `conv2d`, in the order of `data_format`.
        delta: (M, P, Q, K), gradient with respect to its result.
        filter_shape: (R, S, C, K).

    The other arguments are those of `conv2d`.

    Returns:
        An array of `filter_shape`.

    Raises:
        ShapeError: delta is not what `conv2d` would give for x and `filter_shape`.
        DTypeError: not arrays of float32 or of float64.

    Source: notes, section 4, "back propagation": the sum over the connections that share a weight.

    >>> import numpy as np
    >>> x = np.arange(9.0).reshape(1, 3, 3, 1)
    >>> conv2d_grad_filter(x, np.ones((1, 2, 2, 1)), (2, 2, 1, 1))[:, :, 0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    x_, delta_ = images("x", x, data_format), images("delta", delta, data_format)
    same_dtype("x", x_, "delta", delta_)
    M, H, W, C = x_.shape
    R, S, w_channels, K = four("filter_shape", filter_shape, "RSCK")
    _channels("filter_shape", w_channels, C, "write (R, S, channels of x, channels of delta); check data_format")
    rows, columns = axes_of((H, W), (R, S), strides, padding, dilations, data_format)
    _check_delta(delta_, M, rows, columns, K)
    target = Target(out, (R, S, C, K), x_, x_, delta_)
    kernels.active().conv_grad_filter(x_, delta_, rows, columns, target.array)
    return target.finish()
