"""Depthwise convolution and its gradients against JAX in float64: a convolution in as many groups as channels."""

from dataclasses import replace

import jax_truth
from expectations import everywhere
from geometries import THOROUGH, geometries, on_the_table
from hypothesis import given


@on_the_table
@THOROUGH
@given(geometry=geometries())
def test_depthwise_convolutions(workers, geometry):
    geometry = replace(geometry, K=1 + geometry.K % 5)  # maps of each channel
    x, w, delta = geometry.arrays(depthwise=True)
    rule = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    grouped = w.reshape(geometry.R, geometry.S, 1, geometry.C * geometry.K)
    z, dx, dw = jax_truth.convolution(x, grouped, delta, *rule.values(), groups=geometry.C)
    cases = [
        ("depthwise_conv2d", (x, w), rule, z),
        ("depthwise_conv2d_grad_input", (delta, w, x.shape), rule, dx),
        ("depthwise_conv2d_grad_filter", (x, delta, w.shape), rule, dw.reshape(w.shape)),
    ]
    everywhere(workers, geometry, cases)
