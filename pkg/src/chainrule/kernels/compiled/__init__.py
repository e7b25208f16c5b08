"""The compiled kernels, under the names of their twins in `reference`.

The road through the modules, for a convolution:

    conv_forward, conv_input_gradient, conv_filter_gradient      what depends on the shapes, prepared once for each
    conv_geometry, tile_choice, conv_images, correlation         where filters meet images; which tile is the quickest
    packing                                                      weights as panels, images with zeros around them
    conv_loops, filter_loops                                     the tasks, and the loop nests over tiles

`matmul` has matrix products, `activation` ReLU and softmax, `max_pool` and `max_pool_pairs` vectors of channels.
`average_pool` and `depthwise` are ordinary loops, which Numba compiles by itself: begin there for a new kernel.
"""

# Importing these imports Numba, which takes its time: `kernels.load` waits for the first operation.
from chainrule.kernels.compiled.activation import bias_relu_grad, softmax_cross_entropy
from chainrule.kernels.compiled.average_pool import average_pool, average_pool_grad
from chainrule.kernels.compiled.conv_filter_gradient import conv_grad_filter
from chainrule.kernels.compiled.conv_forward import conv
from chainrule.kernels.compiled.conv_input_gradient import conv_grad_input
from chainrule.kernels.compiled.depthwise import depthwise, depthwise_grad_filter, depthwise_grad_input
from chainrule.kernels.compiled.matmul import dense, dense_grad_input, dense_grad_weight
from chainrule.kernels.compiled.max_pool import max_pool, max_pool_grad

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
