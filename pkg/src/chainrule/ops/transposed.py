"""Transposed (fractionally strided) convolution as TensorFlow means it, with both gradients."""

from chainrule.ops._arrays import Array, floats, images
from chainrule.ops.conv import conv2d, conv2d_grad_filter, conv2d_grad_input
from chainrule.shapes import Padding, Pair, explicit_padding, from_nhwc_axes, spatial_pair, transposed_size

__all__ = ["conv2d_transpose", "conv2d_transpose_grad_filter", "conv2d_transpose_grad_input"]

Shape4 = tuple[int, int, int, int]


def _transposed_shape(y: Array, w: Array, strides: Pair, padding: Padding, dilations: Pair, data_format: str) -> Shape4:
    """Shape, in the layout, of the smallest image from which `conv2d` gives y."""
    steps, spread = spatial_pair("strides", strides, data_format), spatial_pair("dilations", dilations, data_format)
    M, P, Q, _ = y.shape
    R, S, C, _ = w.shape
    if isinstance(padding, str) and padding == "SAME":
        H, W = P * steps[0], Q * steps[1]
    else:
        word = isinstance(padding, str) and padding == "VALID"
        pads = (0, 0) if word else tuple(sum(side) for side in explicit_padding(padding))
        H, W = (transposed_size(*n) for n in zip((P, Q), (R, S), steps, pads, spread, strict=True))
    shape = (M, H, W, C)
    a, b, c, d = (shape[axis] for axis in from_nhwc_axes(data_format))
    return a, b, c, d


def conv2d_transpose(
    y: Array,
    w: Array,
    output_shape: Shape4 | None = None,
    *,
    strides: Pair = (1, 1),
    padding: Padding = "SAME",
    dilations: Pair = (1, 1),
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Transposed (fractionally strided) convolution, the adjoint of `conv2d`: `tf.nn.conv2d_transpose`.

    Args:
        y: (M, P, Q, K) in the order of `data_format`.
        w: (R, S, C, K): output channels before input channels, as in TensorFlow.
        output_shape: (M, H, W, C) in the order of `data_format`; `conv2d` must give y's shape for it. None
            takes P · stride for "SAME", else the smallest, (P − 1) · stride + (R − 1) · dilation + 1 − padding.
        padding: that of the `conv2d` from the result to x; "SAME" by default, as in TensorFlow.

    The other arguments are those of `conv2d`.

    Returns:
        An array of `output_shape`.

    Raises:
        ShapeError: `conv2d` of an array of `output_shape` would not have y's shape.
        DTypeError: not arrays of float32 or of float64.

    Source: Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016), section 4.

    >>> import numpy as np
    >>> conv2d_transpose(np.ones((1, 1, 2, 1)), np.ones((1, 3, 1, 1)), strides=2, padding="VALID")[0, :, :, 0]
    array([[1., 1., 2., 1., 1.]])
    """
    if output_shape is None:
        y_, w_ = images("y", y, data_format), floats("w", w, "RSCK")
        output_shape = _transposed_shape(y_, w_, strides, padding, dilations, data_format)
    return conv2d_grad_input(
        y, w, output_shape, strides=strides, padding=padding, dilations=dilations, data_format=data_format, out=out
    )


def conv2d_transpose_grad_input(
    delta: Array,
    w: Array,
    *,
    strides: Pair = (1, 1),
    padding: Padding = "SAME",
    dilations: Pair = (1, 1),
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Gradient of a loss with respect to the input of `conv2d_transpose`: `conv2d` of delta with the same filter.

    Args:
        delta: (M, H, W, C), gradient with respect to the result of `conv2d_transpose`.
        w: (R, S, C, K).

    The other arguments are those of `conv2d_transpose`.

    Returns:
        (M, P, Q, K) in the order of `data_format`.

    Raises:
        ShapeError: sizes, channels, strides, padding or layout that do not fit.
        DTypeError: not arrays of float32 or of float64.

    >>> import numpy as np
    >>> conv2d_transpose_grad_input(np.ones((1, 1, 5, 1)), np.ones((1, 3, 1, 1)), strides=2, padding="VALID").ravel()
    array([3., 3.])
    """
    return conv2d(delta, w, strides=strides, padding=padding, dilations=dilations, data_format=data_format, out=out)


def conv2d_transpose_grad_filter(
    y: Array,
    delta: Array,
    filter_shape: Shape4,
    *,
    strides: Pair = (1, 1),
    padding: Padding = "SAME",
    dilations: Pair = (1, 1),
    data_format: str = "NHWC",
    out: Array | None = None,
) -> Array:
    """Gradient of a loss with respect to the filter of `conv2d_transpose`.

    Delta and y change places in `conv2d_grad_filter`.

    Args:
        y: (M, P, Q, K), the input of `conv2d_transpose`.
        delta: (M, H, W, C), gradient with respect to its result.
        filter_shape: (R, S, C, K).

    The other arguments are those of `conv2d_transpose`.

    Returns:
        An array of `filter_shape`.

    Raises:
        ShapeError: sizes, channels, strides, padding or layout that do not fit.
        DTypeError: not arrays of float32 or of float64.

    >>> import numpy as np
    >>> y, delta = np.ones((1, 1, 2, 1)), np.arange(5.0).reshape(1, 1, 5, 1)
    >>> conv2d_transpose_grad_filter(y, delta, (1, 3, 1, 1), strides=2, padding="VALID").ravel()
    array([2., 4., 6.])
    """
    return conv2d_grad_filter(
        delta, y, filter_shape, strides=strides, padding=padding, dilations=dilations, data_format=data_format, out=out
    )
