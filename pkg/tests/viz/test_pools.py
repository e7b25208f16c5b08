"""Figures of pools: the numbers that they show are those of the package's own max pool and its gradient."""

import numpy as np
import pytest
from chainrule import ops
from chainrule.errors import ShapeError
from chainrule.viz import pool_graph, pool_routing, shift_and_pool
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


def test_the_graph_hands_each_delta_to_the_winner():
    figure = pool_graph([3.0, 1.0, 2.0], [[0, 1], [1, 2], [2, 0]], [1.0, 10.0, 100.0], chosen=0, moved=1)
    notes = [text.get_text() for text in figure.axes[0].texts]
    assert [note for note in notes if note.startswith("δ")] == ["δ = 101", "δ = 10", "δ = 1", "δ = 10", "δ = 100"]
    assert figure.axes[1].get_title().endswith("= 0$")


def test_a_tie_has_no_slope():
    assert "tie" in pool_graph([2.0, 2.0], [[0, 1]], [1.0], chosen=0, moved=0).axes[1].get_title()


def test_a_shift_by_a_whole_window_moves_the_maxima_and_changes_as_much_as_they_differ():
    image = np.zeros((4, 8))
    image[:, 0:2] = 1.0
    before, after = (axis.images[0].get_array() for axis in shift_and_pool(image, shift=2, k=2).axes[1::3])
    assert before.tolist() == [[1, 0, 0, 0]] * 2
    assert after.tolist() == [[0, 1, 0, 0]] * 2


@pytest.mark.parametrize(
    "draw",
    [
        lambda: pool_graph([1.0], [[0, 1]], [1.0]),
        lambda: pool_graph([1.0], [[0]], [1.0, 2.0]),
        lambda: pool_routing(TIES, (5, 2), (1, 1)),
        lambda: shift_and_pool(TIES, k=5),
    ],
)
def test_what_cannot_be_drawn_is_said(draw):
    with pytest.raises(ShapeError):
        draw()
