"""Every operation of `ops` on a geometry with the values that it must give, from a source of truth.

A truth is a module with conv2d, conv2d_grads, max_pool2d, ...: `naive`, or an oracle with the same functions.
"""

import naive
import numpy as np
from geometries import TOLERANCE, assert_close


def convolutions(geometry, truth):
    """(what, operation, arguments, options, expected) of conv2d, conv2d_transpose and all their gradients."""
    x, w, delta = geometry.arrays()
    numbers = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    z = truth.conv2d(x, w, *numbers.values())
    dx, dw = truth.conv2d_grads(x, w, delta, *numbers.values())
    yield "conv2d", (x, w), numbers, z
    yield from with_bias(geometry, "conv2d", (x, w), numbers, z)
    yield "conv2d_grad_input", (delta, w, x.shape), numbers, dx
    yield "conv2d_grad_filter", (x, delta, w.shape), numbers, dw
    # the transposed convolution of y = delta, and its gradients by an upstream x
    yield "conv2d_transpose", (delta, w, x.shape), numbers, dx
    yield "conv2d_transpose_grad_input", (x, w), numbers, z
    yield "conv2d_transpose_grad_filter", (delta, x, w.shape), numbers, dw


def with_bias(geometry, operation, arguments, options, z):
    """The same operation with a bias, and with ReLU."""
    b = np.random.default_rng(geometry.seed).standard_normal(geometry.K).astype(np.float32).astype(np.float64)
    yield operation, arguments, options | {"bias": b}, z + b
    yield operation, arguments, options | {"bias": b, "relu": True}, np.maximum(z + b, 0)
    yield operation, arguments, options | {"relu": True}, np.maximum(z, 0)


def depthwise(geometry, truth):
    """depthwise_conv2d and its gradients; by default as a convolution whose filter is zero between channels."""
    x, w, delta = geometry.arrays(depthwise=True)
    numbers = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    full = naive.block_diagonal(w)
    dx, dw = truth.conv2d_grads(x, full, delta, *numbers.values())
    own = np.stack([dw[:, :, c, c * geometry.K : (c + 1) * geometry.K] for c in range(geometry.C)], axis=2)
    yield "depthwise_conv2d", (x, w), numbers, truth.conv2d(x, full, *numbers.values())
    yield "depthwise_conv2d_grad_input", (delta, w, x.shape), numbers, dx
    yield "depthwise_conv2d_grad_filter", (x, delta, w.shape), numbers, own


def pools(geometry, truth, ties=False):
    """Both poolings and their gradients, on distinct numbers or on few that repeat."""
    window = (geometry.R, geometry.S)
    numbers = {"ksize": window, "strides": geometry.strides, "padding": geometry.padding}
    rng = np.random.default_rng(geometry.seed)
    shape = (geometry.M, geometry.H, geometry.W, geometry.C)
    x = rng.integers(-2, 2, shape).astype(float) if ties else rng.permutation(np.prod(shape)).reshape(shape) - 1000.0
    delta = rng.standard_normal((geometry.M, *geometry.outputs, geometry.C)).astype(np.float32).astype(np.float64)
    rule = (window, geometry.strides, geometry.padding)
    largest, winner = naive.max_pool2d(x, *rule)
    winner = winner.astype(np.uint8)
    yield "max_pool2d_with_winner", (x,), numbers, (truth.max_pool2d(x, *rule)[0], winner)
    yield "max_pool2d", (x,), numbers, largest
    yield "max_pool2d_grad", (delta, winner, x.shape), numbers, truth.max_pool2d_grad(x, delta, *rule)
    yield "avg_pool2d", (x,), numbers, truth.avg_pool2d(x, *rule)
    yield "avg_pool2d_grad", (delta, x.shape), numbers, truth.avg_pool2d_grad(x, delta, *rule)


def of_dtype(value, dtype):
    """An array of float64 in another dtype; all else as it is."""
    return value.astype(dtype) if isinstance(value, np.ndarray) and value.dtype == np.float64 else value


def check(cases, dtype, call):
    """`call(operation, *arguments, **options)` gives every expected value.

    An operation is a name in `ops`, or a function of `call` and the arguments.
    """
    for operation, arguments, options, expected in cases:
        cast = [of_dtype(a, dtype) for a in arguments]
        options = {name: of_dtype(value, dtype) for name, value in options.items()}
        got = call(operation, *cast, **options) if isinstance(operation, str) else operation(call, *cast, **options)
        pairs = zip(got, expected, strict=True) if isinstance(got, tuple) else [(got, expected)]
        for one, wanted in pairs:
            if wanted.dtype == np.uint8:
                assert np.array_equal(one, wanted), f"{operation}: another entry won"
            else:
                assert_close(one, wanted, dtype, operation)


def everywhere(workers, geometry, cases, dtypes=tuple(TOLERANCE)):
    """All variants give the expected values; without JIT only where it does not take minutes."""
    cases = list(cases)
    for name, worker in workers.items():
        if name != "without JIT" or geometry.small:
            for dtype in dtypes:
                check(cases, dtype, worker.call)
