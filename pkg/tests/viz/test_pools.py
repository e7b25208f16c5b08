"""Graphs of pools of any units: each delta goes to the winner."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.viz import pool_graph, pool_routing, shift_and_pool

TIES = np.array([[1.0, 3, 3, 0, 2], [0.0, 3, 1, 4, 2], [5.0, 0, 0, 4, 4], [5.0, 5, 0, 0, 1]])


def test_the_graph_hands_each_delta_to_the_winner():
    figure = pool_graph([3.0, 1.0, 2.0], [[0, 1], [1, 2], [2, 0]], [1.0, 10.0, 100.0], chosen=0, moved=1)
    notes = [text.get_text() for text in figure.axes[0].texts]
    assert [note for note in notes if note.startswith("δ")] == ["δ = 101", "δ = 10", "δ = 1", "δ = 10", "δ = 100"]
    assert figure.axes[1].get_title().endswith("= 0$")


def test_a_tie_has_no_slope():
    assert "tie" in pool_graph([2.0, 2.0], [[0, 1]], [1.0], chosen=0, moved=0).axes[1].get_title()


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
