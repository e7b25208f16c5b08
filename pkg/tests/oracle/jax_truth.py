"""The operations as JAX computes them in float64, with `vjp` for every gradient."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

jax.config.update("jax_enable_x64", True)
NAMES = ("NHWC", "HWIO", "NHWC")


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
    return [np.asarray(a) for a in _all(x, w, delta, strides, padding, dilations, groups)]


def _sides(x, window, strides, padding):
    if isinstance(padding, str):
        return padding
    return ((0, 0), *padding, (0, 0))


@partial(jax.jit, static_argnums=(2, 3, 4))
def _max(x, delta, window, strides, padding):
    def pool(x):
        sides = _sides(x, window, strides, padding)
        return lax.reduce_window(x, -jnp.inf, lax.max, (1, *window, 1), (1, *strides, 1), sides)

    z, pull = jax.vjp(pool, x)
    return z, pull(delta)[0]


@partial(jax.jit, static_argnums=(2, 3, 4))
def _average(x, delta, window, strides, padding):
    def pool(x):
        sides = _sides(x, window, strides, padding)
        add = partial(lax.reduce_window, init_value=0.0, computation=lax.add)
        shape = {"window_dimensions": (1, *window, 1), "window_strides": (1, *strides, 1), "padding": sides}
        return add(x, **shape) / add(jnp.ones_like(x), **shape)

    z, pull = jax.vjp(pool, x)
    return z, pull(delta)[0]


def max_pool(x, delta, window, strides, padding):
    """(largest, dx)."""
    return [np.asarray(a) for a in _max(x, delta, window, strides, padding)]


def average_pool(x, delta, window, strides, padding):
    """(mean, dx)."""
    return [np.asarray(a) for a in _average(x, delta, window, strides, padding)]
