"""The figures of notebook 02 show what they say: slopes are slopes, clouds have the variance of the formula."""

import numpy as np
import pytest
from chainrule.errors import ParameterError
from chainrule.gradcheck import numerical_gradient
from chainrule.viz import fit_and_surface, gradient_cloud, race, ravine_descent, terrain

NAMES = ("bowl", "ravine", "rosenbrock", "saddle")
RNG = np.random.default_rng(0)
U = RNG.uniform(-1, 2, size=60)
X = np.stack([np.ones(60), U], axis=1)
Y = 1 + 2 * U + RNG.normal(size=60)


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


def test_the_cloud_is_centred_on_the_full_gradient_and_spreads_as_the_formula_says():
    theta, M, N = np.array([-1.0, 0.5]), 12, len(Y)
    figure = gradient_cloud(X, Y, theta, M, draws=20000)
    dots = np.asarray(figure.axes[0].collections[0].get_offsets())
    rows = np.array([(row @ theta - y) * row for row, y in zip(X, Y, strict=True)])
    variance = rows.var(axis=0).sum() / M * (N - M) / (N - 1)
    # Of 20,000 draws a mean is known to 1/140 of its spread, a variance to about 1 %.
    np.testing.assert_allclose(dots.mean(axis=0), rows.mean(axis=0), atol=5 * np.sqrt(variance / 20000))
    assert dots.var(axis=0).sum() == pytest.approx(variance, rel=0.05)
    measured = figure.axes[1].lines[2]
    assert measured.get_ydata()[0] == pytest.approx(rows.var(axis=0).sum(), rel=0.05)


def test_all_rows_in_one_batch_leave_no_cloud():
    dots = np.asarray(gradient_cloud(X, Y, (0.0, 0.0), len(Y), draws=9).axes[0].collections[0].get_offsets())
    np.testing.assert_allclose(dots, np.broadcast_to(dots[0], dots.shape))


def test_the_landscape_is_the_loss():
    figure = fit_and_surface(X, Y, {"one": [[-2.0, 0.0], [1.0, 2.0]], "two": [[-2.0, 0.0], [0.0, 0.0]]})
    best = figure.axes[1].lines[0]
    found = np.array([best.get_xdata()[0], best.get_ydata()[0]])
    np.testing.assert_allclose(X.T @ (X @ found - Y), 0, atol=1e-9)
    assert [line.get_label() for line in figure.axes[0].lines] == ["one", "two"]
