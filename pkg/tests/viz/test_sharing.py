"""Graphs of shared weights: their connections make a convolution, and their gradients add up."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.viz import shared_connections, shared_sum
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle


def colours_of_matrix(axis, pixels, results):
    table = np.full((pixels, results), "", dtype=object)
    for patch in axis.patches:
        if isinstance(patch, Rectangle) and patch.get_fill():
            table[round(patch.get_y() + 0.5), round(patch.get_x() + 0.5)] = to_hex(patch.get_facecolor())
    return table


def test_connections_of_one_weight_have_one_colour_and_make_a_convolution():
    table = colours_of_matrix(shared_connections((2, 3), (4, 5)).axes[2], 20, 9)
    weights = {colour: value for value, colour in enumerate(dict.fromkeys(table[:, 0]), start=1) if colour != "#f3f4f6"}
    assert len(weights) == 6
    W = np.vectorize(lambda colour: weights.get(colour, 0))(table)
    omega = np.vectorize(lambda colour: weights.get(colour, 0))(table[:, 0].reshape(4, 5)[:2, :3])
    picture = np.random.default_rng(0).normal(size=(4, 5))
    windows = np.lib.stride_tricks.sliding_window_view(picture, (2, 3))
    assert np.allclose(picture.ravel() @ W, np.einsum("pqrs,rs->pq", windows, omega).ravel())


def test_the_gradient_of_a_shared_weight_is_the_sum_over_its_connections():
    dW = np.random.default_rng(1).integers(-9, 10, size=(12, 6))
    units = np.eye(12).reshape(12, 3, 4)
    windows = np.lib.stride_tricks.sliding_window_view(units, (2, 2), axis=(1, 2)).reshape(12, 6, 4)
    for mu in range(4):
        figure = shared_sum(dW, (2, 2), (3, 4), mu)
        drawn = [float(text.get_text().replace("−", "-")) for text in figure.axes[2].texts]
        assert drawn == [float(np.sum(dW * windows[..., k])) for k in range(4)]
        assert figure.get_suptitle().endswith(f"= {drawn[mu]:g}".replace("-", "−"))


def test_a_window_that_does_not_fit_is_refused():
    with pytest.raises(ShapeError, match="does not fit"):
        shared_connections((4, 2), (3, 4))
    with pytest.raises(ShapeError, match=r"\(12, 6\)"):
        shared_sum(np.zeros((6, 12)), (2, 2), (3, 4))
