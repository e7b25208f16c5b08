"""The operations as JAX computes them in float64, with `vjp` for every gradient.

JAX compiles for each shape anew, and that is where the time goes. The arrays are small, so XLA is asked to optimise
nothing: a third of the time for the same numbers. XLA's algebraic simplifier is off, because it aborts the process at
some strides with dilation (jaxlib 0.10.2; filter gradient of x (2, 8, 2, 5), filter 2 x 3, strides (2, 3), padding
((1, 1), (1, 4)), dilations (1, 2)).

What it has compiled is forgotten now and then: a process may map memory 65,530 times (Linux), a program takes dozens of
them, and at the limit XLA ends in a segmentation fault.
"""

import itertools
import os
from functools import partial

os.environ["XLA_FLAGS"] = " ".join(
    (os.environ.get("XLA_FLAGS", ""), "--xla_backend_optimization_level=0", "--xla_disable_hlo_passes=algsimp")
)

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

jax.config.update("jax_enable_x64", True)
NAMES = ("NHWC", "HWIO", "NHWC")
CALLS = itertools.count(1)


def _arrays(results):
    """As NumPy's; every hundredth time JAX forgets what it compiled."""
    arrays = [np.asarray(a) for a in results]
    if next(CALLS) % 100 == 0:
        jax.clear_caches()
    return arrays


def _convolve(x, w, strides, padding, dilations, groups=1):
    return lax.conv_general_dilated(
        x, w, strides, padding, rhs_dilation=dilations, dimension_numbers=NAMES, feature_group_count=groups
    )


@partial(jax.jit, static_argnums=(3, 4, 5, 6))
def _all(x, w, delta, strides, padding, dilations, groups):
    z, pull = jax.vjp(lambda x, w: _convolve(x, w, strides, padding, dilations, groups), x, w)
    return z, *pull(delta)


def convolution(x, w, delta, strides, padding, dilations, groups=1):
    """(z, dx, dw) of a convolution in `groups` groups of channels."""
    return _arrays(_all(x, w, delta, strides, padding, dilations, groups))


@partial(jax.jit, static_argnums=(3, 4, 5))
def _pools(x, ones, delta, window, strides, padding):
    sides = padding if isinstance(padding, str) else ((0, 0), *padding, (0, 0))
    windows = {"window_dimensions": (1, *window, 1), "window_strides": (1, *strides, 1), "padding": sides}
    largest, by_largest = jax.vjp(lambda x: lax.reduce_window(x, -jnp.inf, lax.max, **windows), x)
    sums = partial(lax.reduce_window, init_value=0.0, computation=lax.add, **windows)
    mean, by_mean = jax.vjp(lambda x: sums(x) / sums(ones), x)
    return largest, *by_largest(delta), mean, *by_mean(delta)


def pools(x, delta, window, strides, padding):
    """(largest, its dx, mean, its dx). JAX gives a tie to the first entry, as TensorFlow does."""
    return _arrays(_pools(x, np.ones_like(x), delta, window, strides, padding))
