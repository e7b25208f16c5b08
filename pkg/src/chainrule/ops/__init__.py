"""Operations on arrays with TensorFlow's meaning: arguments are checked here, then a kernel does the work.

Arrays are float32 or float64, all of one dtype. Any memory order will do (slices, negative strides, Fortran order,
read-only arrays): what is not contiguous and writable is copied once. Arguments are never changed, except an `out`.
Kernels are compiled at first use and kept on disk (`make warm` does it beforehand).
"""

from chainrule.ops.conv import conv2d, conv2d_grad_filter, conv2d_grad_input
from chainrule.ops.dense import (
    bias_grad,
    bias_relu_grad,
    dense,
    dense_grad_input,
    dense_grad_weight,
    softmax_cross_entropy,
)
from chainrule.ops.depthwise import depthwise_conv2d, depthwise_conv2d_grad_filter, depthwise_conv2d_grad_input
from chainrule.ops.pool import avg_pool2d, avg_pool2d_grad, max_pool2d, max_pool2d_grad, max_pool2d_with_winner
from chainrule.ops.transposed import conv2d_transpose, conv2d_transpose_grad_filter, conv2d_transpose_grad_input

__all__ = [
    "avg_pool2d",
    "avg_pool2d_grad",
    "bias_grad",
    "bias_relu_grad",
    "conv2d",
    "conv2d_grad_filter",
    "conv2d_grad_input",
    "conv2d_transpose",
    "conv2d_transpose_grad_filter",
    "conv2d_transpose_grad_input",
    "dense",
    "dense_grad_input",
    "dense_grad_weight",
    "depthwise_conv2d",
    "depthwise_conv2d_grad_filter",
    "depthwise_conv2d_grad_input",
    "max_pool2d",
    "max_pool2d_grad",
    "max_pool2d_with_winner",
    "softmax_cross_entropy",
]
