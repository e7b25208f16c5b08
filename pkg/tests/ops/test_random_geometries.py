"""Every operation on a named table and on random shapes, in five processes: compiled four ways, and the reference.

The truth is the definition, position by position. CHAINRULE_GEOMETRIES sets how many random shapes are tried.
"""

import expectations
import naive
import pytest
from geometries import TABLE, THOROUGH, geometries
from hypothesis import given
from variants import ENVIRONMENTS


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", TABLE)
def test_the_named_table(name, dtype, variant, workers):
    geometry = TABLE[name]
    call = workers[variant].call
    expectations.check(expectations.convolutions(geometry, naive), dtype, call)
    expectations.check(expectations.depthwise(geometry, naive), dtype, call)
    pool = geometry.with_pool_padding()
    if min(pool.outputs) > 0:  # "padding wider than the window" fits no more without its padding
        expectations.check(expectations.pools(pool, naive), dtype, call)
        expectations.check(expectations.pools(pool, naive, ties=True), dtype, call)


@THOROUGH
@given(geometry=geometries())
def test_convolutions(geometry, workers):
    expectations.everywhere(workers, geometry, expectations.convolutions(geometry, naive), [geometry.dtype])


@THOROUGH
@given(geometry=geometries())
def test_depthwise_convolutions(geometry, workers):
    geometry = type(geometry)(**{**geometry.__dict__, "C": min(geometry.C, 9), "K": min(geometry.K, 5)})
    expectations.everywhere(workers, geometry, expectations.depthwise(geometry, naive), [geometry.dtype])


@THOROUGH
@given(geometry=geometries(pool=True))
def test_pools(geometry, workers):
    geometry = type(geometry)(**{**geometry.__dict__, "C": min(geometry.C, 9)})
    if min(geometry.outputs) < 1:
        return
    expectations.everywhere(workers, geometry, expectations.pools(geometry, naive), [geometry.dtype])
    expectations.everywhere(workers, geometry, expectations.pools(geometry, naive, ties=True), [geometry.dtype])
