"""Depthwise convolution, each channel with filters of its own, and its gradients."""

from chainrule import kernels
from chainrule.ops._arrays import Array, Target, axes_of, floats, four, from_layout, images, match, same_dtype
from chainrule.shapes import Padding, Pair

__all__ = ["depthwise_conv2d", "depthwise_conv2d_grad_filter", "depthwise_conv2d_grad_input"]

Shape4 = tuple[int, int, int, int]
_FIX = "w is (R, S, channels of x, multiplier), delta and the result have channels · multiplier; check data_format"


def depthwise_conv2d(
    x: Array,
    w: Array,
    *,
    strides: Pair = (1, 1),
    padding: Padding = "VALID",
    dilations: Pair = (1, 1),
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Channel c of the images meets filters w[:, :, c, :] only: `tf.nn.depthwise_conv2d`.

    z[m, p, q, c·multiplier + n] = Σ_rs x[m, p·stride + r·dilation − top, …, c] · w[r, s, c, n]. Strides may differ
    per axis and go with dilations, which TensorFlow refuses.

    Args:
        x: (M, H, W, C) in the order of `data_format`; float32 or float64.
        w: (R, S, C, multiplier), the same dtype.

    The other arguments are those of `conv2d`.

    Returns:
        (M, P, Q, C · multiplier) in the order of `data_format`; P and Q as in `conv2d`.

    Raises:
        ShapeError: sizes, channels, strides, padding or layout that do not fit.
        DTypeError: not arrays of float32 or of float64.

    Source: Chollet, Xception (2017), section 1; TensorFlow's `tf.nn.depthwise_conv2d`.

    >>> import numpy as np
    >>> depthwise_conv2d(np.ones((1, 2, 2, 2)), np.arange(8.0).reshape(2, 2, 2, 1)).ravel()
    array([12., 16.])
    """
    x_, w_ = images("x", x, data_format), floats("w", w, "RSCN")
    same_dtype("x", x_, "w", w_)
    M, H, W, C = x_.shape
    R, S, _, multiplier = w_.shape
    match("w", w_.shape, (R, S, C, multiplier), _FIX)
    rows, columns = axes_of((H, W), (R, S), strides, padding, dilations, data_format)
    shape = (M, rows.output, columns.output, C * multiplier)
    target = Target(out, shape, x_, x_, w_, data_format=data_format)
    kernels.active().depthwise(x_, w_, rows, columns, target.array)
    return target.finish()


def depthwise_conv2d_grad_input(
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
    """Gradient of a loss with respect to the input of `depthwise_conv2d`.

    Args:
        delta: (M, P, Q, C · multiplier), gradient with respect to the result, in the order of `data_format`.
        w: (R, S, C, multiplier).
        input_shape: the shape of x, in the order of `data_format`.

    The other arguments are those of `conv2d`.

    Returns:
        An array of `input_shape`.

    Raises:
        ShapeError: delta is not what `depthwise_conv2d` would give for `input_shape`.
        DTypeError: not arrays of float32 or of float64.

    >>> import numpy as np
    >>> w = np.arange(4.0).reshape(1, 2, 2, 1)
    >>> depthwise_conv2d_grad_input(np.ones((1, 1, 2, 2)), w, (1, 1, 3, 2))[0, 0]
    array([[0., 1.],
           [2., 4.],
           [2., 3.]])
    """
    delta_, w_ = images("delta", delta, data_format), floats("w", w, "RSCN")
    same_dtype("delta", delta_, "w", w_)
    M, H, W, C = from_layout(four("input_shape", input_shape, data_format), data_format)
    R, S, _, multiplier = w_.shape
    match("w", w_.shape, (R, S, C, multiplier), _FIX)
    rows, columns = axes_of((H, W), (R, S), strides, padding, dilations, data_format)
    match("delta", delta_.shape, (M, rows.output, columns.output, C * multiplier), _FIX)
    target = Target(out, (M, H, W, C), delta_, delta_, w_, data_format=data_format)
    kernels.active().depthwise_grad_input(delta_, w_, rows, columns, target.array)
    return target.finish()


def depthwise_conv2d_grad_filter(
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
    """Gradient of a loss with respect to the filter of `depthwise_conv2d`.

    The sum over batch and positions is taken in a fixed order: the same to the bit for any number of threads.

    Args:
        x: (M, H, W, C), the input, in the order of `data_format`.
        delta: (M, P, Q, C · multiplier), gradient with respect to the result.
        filter_shape: (R, S, C, multiplier).

    The other arguments are those of `conv2d`.

    Returns:
        An array of `filter_shape`.

    Raises:
        ShapeError: delta is not what `depthwise_conv2d` would give for x and `filter_shape`.
        DTypeError: not arrays of float32 or of float64.

    >>> import numpy as np
    >>> x = np.arange(6.0).reshape(1, 1, 3, 2)
    >>> depthwise_conv2d_grad_filter(x, np.ones((1, 1, 2, 2)), (1, 2, 2, 1))[0, :, :, 0]
    array([[2., 4.],
           [6., 8.]])
    """
    x_, delta_ = images("x", x, data_format), images("delta", delta, data_format)
    same_dtype("x", x_, "delta", delta_)
    M, H, W, C = x_.shape
    R, S, w_channels, multiplier = four("filter_shape", filter_shape, "RSCN")
    match("filter_shape", (R, S, w_channels, multiplier), (R, S, C, multiplier), _FIX)
    rows, columns = axes_of((H, W), (R, S), strides, padding, dilations, data_format)
    match("delta", delta_.shape, (M, rows.output, columns.output, C * multiplier), _FIX)
    target = Target(out, (R, S, C, multiplier), x_, x_, delta_)
    kernels.active().depthwise_grad_filter(x_, delta_, rows, columns, target.array)
    return target.finish()
