"""Points, planes and hidden spaces show the numbers they are given: read back from the drawn artists."""

import numpy as np
from chainrule.data import blobs
from chainrule.viz import (
    decision_plane,
    hidden_space,
    logistic_plane,
    png,
    points,
)

X, Y = blobs(np.random.default_rng(0), M=40, spread=0.8)


PNG = b"\x89PNG\r\n\x1a\n"


def drawn_points(axis):
    return np.concatenate(
        [np.asarray(artist.get_offsets()) for artist in axis.collections if len(artist.get_offsets()) > 1]
    )


def test_every_point_is_drawn_once():
    drawn = drawn_points(points(X, Y).axes[0])
    assert np.array_equal(np.sort(drawn, axis=0), np.sort(X, axis=0))


def test_the_title_of_the_logistic_plane_gives_both_losses():
    w, b = np.array([0.7, -1.2]), 0.3
    a = 1 / (1 + np.exp(-(X @ w + b)))
    entropy = -np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a))
    title = logistic_plane(X, Y, w, b).axes[0].get_title()
    assert f"cross entropy {entropy:.3f}" in title
    assert f"squared error {np.mean((a - Y) ** 2):.3f}" in title
    assert f"right {100 * np.mean((a > 0.5) == Y):.0f} %" in title


def test_the_line_of_a_plane_runs_where_the_probability_is_one_half():
    axis = decision_plane(X, Y, lambda p: 1 / (1 + np.exp(-(p[:, 0] - 0.5)))).axes[0]
    lines = [path.vertices for artist in axis.collections for path in artist.get_paths() if len(path.vertices) > 20]
    assert any(np.allclose(line[:, 0], 0.5, atol=1e-2) for line in lines)


def test_a_model_that_never_changes_its_mind_has_no_line():
    assert png(decision_plane(X, Y, lambda p: np.full(len(p), 0.9))).startswith(PNG)


def test_three_classes_get_a_plane_too():
    x, y = blobs(np.random.default_rng(1), M=30, K=3)
    assert png(decision_plane(x, y, lambda p: np.eye(3)[np.argmax(p @ np.ones((2, 3)), axis=1)])).startswith(PNG)


def test_the_hidden_space_stands_beside_the_input_space():
    figure = hidden_space(X, np.tanh(X), Y, np.array([1.0, 1.0]), 0.0)
    assert len(drawn_points(figure.axes[1])) == len(X)
