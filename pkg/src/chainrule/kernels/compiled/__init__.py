"""The compiled kernels, under the names of their twins in `plain`."""

from chainrule.kernels.compiled.conv_filter_gradient import conv_grad_filter
from chainrule.kernels.compiled.conv_forward import conv
from chainrule.kernels.compiled.conv_input_gradient import conv_grad_input
from chainrule.kernels.compiled.depthwise import depthwise, depthwise_grad_filter, depthwise_grad_input
from chainrule.kernels.compiled.matmul import (
    bias_relu_grad,
    dense,
    dense_grad_input,
    dense_grad_weight,
    softmax_cross_entropy,
)
from chainrule.kernels.compiled.pool import average_pool, average_pool_grad, max_pool, max_pool_grad

__all__ = [
    "average_pool",
    "average_pool_grad",
    "bias_relu_grad",
    "conv",
    "conv_grad_filter",
    "conv_grad_input",
    "dense",
    "dense_grad_input",
    "dense_grad_weight",
    "depthwise",
    "depthwise_grad_filter",
    "depthwise_grad_input",
    "max_pool",
    "max_pool_grad",
    "softmax_cross_entropy",
]
