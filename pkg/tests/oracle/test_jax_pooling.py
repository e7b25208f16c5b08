"""Max and average pooling and their gradients against JAX in float64, on distinct numbers and on ties."""

import jax_truth
import numpy as np
from expectations import everywhere
from geometries import THOROUGH, geometries, on_the_table
from hypothesis import given


def there_and_back(call, x, delta, **rule):
    """The gradient of max pooling; who won, a tie too, settles it."""
    _, winner = call("max_pool2d_with_winner", x, **rule)
    return call("max_pool2d_grad", delta, winner, x.shape, **rule)


@on_the_table
@THOROUGH
@given(geometry=geometries(pool=True))
def test_pools(workers, geometry):
    geometry = geometry.with_pool_padding()
    if min(geometry.outputs) < 1:
        return  # the table's "padding wider than the window" fits no more without it
    rule = {"ksize": (geometry.R, geometry.S), "strides": geometry.strides, "padding": geometry.padding}
    rng = np.random.default_rng(geometry.seed)
    shape = (geometry.M, geometry.H, geometry.W, geometry.C)
    delta = rng.standard_normal((geometry.M, *geometry.outputs, geometry.C)).astype(np.float32).astype(float)
    distinct = rng.permutation(np.prod(shape)).reshape(shape) - 999.0
    ties = rng.integers(-2, 2, shape).astype(float)
    for x in (distinct, ties):
        largest, by_largest, mean, by_mean = jax_truth.pools(x, delta, *rule.values())
        cases = [
            ("max_pool2d", (x,), rule, largest),
            (there_and_back, (x, delta), rule, by_largest),
            ("avg_pool2d", (x,), rule, mean),
            ("avg_pool2d_grad", (delta, x.shape), rule, by_mean),
        ]
        everywhere(workers, geometry, cases)
