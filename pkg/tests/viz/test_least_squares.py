"""Least squares: a cloud of gradients with the variance of the formula, a surface that is the loss."""

import numpy as np
import pytest
from chainrule.viz import fit_and_surface, gradient_cloud

RNG = np.random.default_rng(0)


U = RNG.uniform(-1, 2, size=60)


X = np.stack([np.ones(60), U], axis=1)


Y = 1 + 2 * U + RNG.normal(size=60)


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
