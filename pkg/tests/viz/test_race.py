"""Optimisers on a terrain: heights above the lowest place, and where a walk runs away."""

import numpy as np
import pytest
from chainrule.viz import race, ravine_descent, terrain


def test_a_race_draws_the_heights_above_the_floor_and_keeps_runaways_out_of_view():
    ground = terrain("ravine")
    figure = race(ground, {"good": [[2.0, 0.0], [1.0, 0.0]], "runaway": [[2.0, 0.0], [0.0, 900.0]]})
    good, runaway = figure.axes[1].lines
    np.testing.assert_allclose(good.get_ydata(), [2.0, 0.5])
    np.testing.assert_allclose(runaway.get_ydata(), [2.0, 12.5 * 900.0**2])
    assert figure.axes[1].get_ylim()[1] <= 1e3


def test_beyond_two_over_the_largest_curvature_the_ravine_throws_the_walker_out():
    steep = {eta: ravine_descent(eta, 20).axes[1].lines[1].get_ydata() for eta in (0.078, 0.08, 0.082)}
    assert steep[0.078][-1] < 1
    assert steep[0.08][-1] == pytest.approx(1)
    assert steep[0.082][-1] > 1
