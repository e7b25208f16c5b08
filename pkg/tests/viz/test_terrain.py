"""Terrains: slopes are the derivatives of heights, minima the lowest places."""

import numpy as np
import pytest
from chainrule.errors import ParameterError
from chainrule.gradcheck import numerical_gradient
from chainrule.viz import terrain

NAMES = ("bowl", "ravine", "rosenbrock", "saddle")


@pytest.mark.parametrize("name", NAMES)
def test_a_slope_is_the_derivative_of_the_height(name):
    ground = terrain(name)
    for theta in np.random.default_rng(1).uniform(-1.5, 1.5, size=(5, 2)):
        slopes = numerical_gradient(lambda p: float(ground.height(p)), theta)
        np.testing.assert_allclose(ground.slope(theta), slopes, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_lies_below_the_minima(name):
    ground = terrain(name)
    left, right, bottom, top = ground.limits
    grid = np.stack(np.meshgrid(np.linspace(left, right, 201), np.linspace(bottom, top, 201)), axis=-1)
    assert ground.height(grid).min() >= ground.lowest
    for place in ground.minima:
        assert ground.height(np.array(place)) == pytest.approx(ground.lowest)
        np.testing.assert_allclose(ground.slope(np.array(place)), 0, atol=1e-12)


def test_an_unknown_ground_is_refused_with_the_names_of_the_others():
    with pytest.raises(ParameterError, match="saddle"):
        terrain("moon")
