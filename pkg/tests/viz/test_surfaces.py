"""Loss surfaces: both descents start together, and each follows its own gradient."""

import numpy as np
from chainrule.data import blobs
from chainrule.viz import (
    loss_surfaces,
)

X, Y = blobs(np.random.default_rng(0), M=40, spread=0.8)


def test_both_descents_start_together_and_go_down():
    figure = loss_surfaces(X, Y, start=(1.0, 1.5), eta=1.0, steps=25)
    for axis in figure.axes:
        path = axis.lines[0].get_xydata()
        assert len(path) == 26
        assert np.array_equal(path[0], [1.0, 1.5])
        first, last = (float(value) for value in axis.get_title().split(": ")[1].split(" → "))
        assert last < first


def test_the_cross_entropys_descent_is_its_own_gradient():
    path = loss_surfaces(X, Y, start=(1.0, 1.0), eta=0.5, steps=1).axes[1].lines[0].get_xydata()

    def loss(w):
        z = X @ w
        return np.mean(np.logaddexp(0, z) - Y * z)

    slope = [(loss(np.array([1.0, 1.0]) + h) - loss(np.array([1.0, 1.0]) - h)) / 2e-6 for h in 1e-6 * np.eye(2)]
    assert np.allclose(path[1] - path[0], -0.5 * np.array(slope), atol=1e-7)
