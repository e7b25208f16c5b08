"""Convolution, transposed convolution and their gradients against JAX in float64."""

import jax_truth
from expectations import everywhere, with_bias
from geometries import THOROUGH, geometries, on_the_table
from hypothesis import given


@on_the_table
@THOROUGH
@given(geometry=geometries())
def test_convolutions(workers, geometry):
    x, w, delta = geometry.arrays()
    rule = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    z, dx, dw = jax_truth.convolution(x, w, delta, *rule.values())
    cases = [
        ("conv2d", (x, w), rule, z),
        *with_bias(geometry, "conv2d", (x, w), rule, z),
        ("conv2d_grad_input", (delta, w, x.shape), rule, dx),
        ("conv2d_grad_filter", (x, delta, w.shape), rule, dw),
        ("conv2d_transpose", (delta, w, x.shape), rule, dx),
        ("conv2d_transpose_grad_input", (x, w), rule, z),
        ("conv2d_transpose_grad_filter", (delta, x, w.shape), rule, dw),
    ]
    everywhere(workers, geometry, cases)
