"""Every operation against JAX in float64, on the named table and on random shapes, in five processes.

CHAINRULE_GEOMETRIES sets how many random shapes (make test-oracle: 1,000).
"""

from dataclasses import replace

import jax_truth
import numpy as np
import pytest
from expectations import check
from geometries import TABLE, THOROUGH, geometries
from hypothesis import example, given


def everywhere(workers, geometry, cases):
    for name, worker in workers.items():
        if name != "without JIT" or geometry.small:
            check(cases, geometry.dtype, worker.call)


def convolutions(geometry):
    x, w, delta = geometry.arrays()
    rule = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    z, dx, dw = jax_truth.convolution(x, w, delta, *rule.values())
    return [
        ("conv2d", (x, w), rule, z),
        ("conv2d_grad_input", (delta, w, x.shape), rule, dx),
        ("conv2d_grad_filter", (x, delta, w.shape), rule, dw),
        ("conv2d_transpose", (delta, w, x.shape), rule, dx),
        ("conv2d_transpose_grad_input", (x, w), rule, z),
        ("conv2d_transpose_grad_filter", (delta, x, w.shape), rule, dw),
    ]


def depthwise(geometry):
    x, w, delta = geometry.arrays(depthwise=True)
    rule = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    grouped = w.reshape(geometry.R, geometry.S, 1, geometry.C * geometry.K)
    z, dx, dw = jax_truth.convolution(x, grouped, delta, *rule.values(), groups=geometry.C)
    return [
        ("depthwise_conv2d", (x, w), rule, z),
        ("depthwise_conv2d_grad_input", (delta, w, x.shape), rule, dx),
        ("depthwise_conv2d_grad_filter", (x, delta, w.shape), rule, dw.reshape(w.shape)),
    ]


def pools(geometry, ties):
    """JAX gives a tie to the first entry too, so its gradient settles who won."""
    rule = ((geometry.R, geometry.S), geometry.strides, geometry.padding)
    numbers = dict(zip(("ksize", "strides", "padding"), rule, strict=True))
    rng = np.random.default_rng(geometry.seed)
    shape = (geometry.M, geometry.H, geometry.W, geometry.C)
    x = rng.integers(-2, 2, shape).astype(float) if ties else rng.permutation(np.prod(shape)).reshape(shape) - 999.0
    delta = rng.standard_normal((geometry.M, *geometry.outputs, geometry.C)).astype(np.float32).astype(float)
    largest, by_max = jax_truth.max_pool(x, delta, *rule)
    mean, by_mean = jax_truth.average_pool(x, delta, *rule)
    cases = [
        ("max_pool2d", (x,), numbers, largest),
        ("avg_pool2d", (x,), numbers, mean),
        ("avg_pool2d_grad", (delta, x.shape), numbers, by_mean),
    ]
    return x, delta, numbers, by_max, cases


def on_the_table(test):
    for geometry in TABLE.values():
        for dtype in ("float32", "float64"):
            test = example(replace(geometry, dtype=dtype))(test)
    return test


@on_the_table
@THOROUGH
@given(geometry=geometries())
def test_convolutions(workers, geometry):
    everywhere(workers, geometry, convolutions(geometry))


@on_the_table
@THOROUGH
@given(geometry=geometries())
def test_depthwise_convolutions(workers, geometry):
    geometry = replace(geometry, C=min(geometry.C, 9), K=min(geometry.K, 5))
    everywhere(workers, geometry, depthwise(geometry))


@pytest.mark.parametrize("ties", [False, True])
def test_pools(workers, ties):
    @on_the_table
    @THOROUGH
    @given(geometry=geometries(pool=True))
    def run(geometry):
        geometry = replace(geometry.with_pool_padding(), C=min(geometry.C, 20))
        if min(geometry.outputs) < 1:
            return
        x, delta, numbers, by_max, cases = pools(geometry, ties)
        everywhere(workers, geometry, cases)
        for name, worker in workers.items():
            if name == "without JIT" and not geometry.small:
                continue
            cast = [a.astype(geometry.dtype) for a in (x, delta)]
            _, winner = worker.call("max_pool2d_with_winner", cast[0], **numbers)
            check([("max_pool2d_grad", (cast[1], winner, x.shape), numbers, by_max)], geometry.dtype, worker.call)

    run()
