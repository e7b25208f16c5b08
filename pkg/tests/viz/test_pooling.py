"""Figures of max pooling over windows: the numbers are those of the package's own pool and its gradient."""

import numpy as np
import pytest
from chainrule import ops
from chainrule.viz import pool_routing, shift_and_pool
from matplotlib.colors import to_rgba

TIES = np.array([[1.0, 3, 3, 0, 2], [0.0, 3, 1, 4, 2], [5.0, 0, 0, 4, 4], [5.0, 5, 0, 0, 1]])


def numbers(axis):
    """The numbers that a table shows, in its order."""
    return [float(text.get_text()) for text in axis.texts]


@pytest.mark.parametrize(("size", "stride"), [((2, 2), (2, 2)), ((2, 3), (1, 2)), ((3, 2), (1, 1))])
def test_the_routing_shows_the_maxima_and_the_gradient(size, stride):
    image = TIES[None, :, :, None]
    out, winner = ops.max_pool2d_with_winner(image, size, stride)
    delta = np.arange(1.0, out.size + 1).reshape(out.shape)
    dx = ops.max_pool2d_grad(delta, winner, image.shape, size, stride)
    axes = pool_routing(TIES, size, stride, position=99).axes
    assert numbers(axes[1]) == out.ravel().tolist()
    assert numbers(axes[2]) == delta.ravel().tolist()
    assert numbers(axes[3]) == dx.ravel().tolist()


def test_a_rule_that_makes_up_gradient_has_a_red_title():
    fair, unfair = (pool_routing(TIES, (2, 2), (2, 2), 99, route).axes[3].title for route in ("shared", "every"))
    assert to_rgba(fair.get_color()) != to_rgba(unfair.get_color())


def test_a_shift_by_a_whole_window_moves_the_maxima_and_changes_as_much_as_they_differ():
    image = np.zeros((4, 8))
    image[:, 0:2] = 1.0
    before, after = (axis.images[0].get_array() for axis in shift_and_pool(image, shift=2, k=2).axes[1::3])
    assert before.tolist() == [[1, 0, 0, 0]] * 2
    assert after.tolist() == [[0, 1, 0, 0]] * 2
