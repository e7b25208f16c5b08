"""Figures show the numbers they are given: read back from the drawn artists, not from the picture."""

import numpy as np
import pytest
from chainrule.data import blobs
from chainrule.errors import ShapeError
from chainrule.viz import (
    confusion,
    curves,
    decision_plane,
    hidden_space,
    logistic_function,
    logistic_plane,
    loss_surfaces,
    pictures,
    png,
    points,
    pull_of_losses,
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


def test_curves_keep_their_values_and_names():
    axis = curves({"a": [3.0, 2.0], "b": [1.0, 0.5, 0.25]}, log=True).axes[0]
    assert [line.get_label() for line in axis.lines] == ["a", "b"]
    assert axis.lines[1].get_ydata().tolist() == [1.0, 0.5, 0.25]
    assert axis.get_yscale() == "log"


def test_the_squared_errors_pull_dies_out_where_the_cross_entropys_does_not():
    slopes = {line.get_label(): line.get_ydata() for line in pull_of_losses().axes[1].lines}
    assert abs(slopes["squared error"][0]) < 1e-3
    assert slopes["cross entropy"][0] < -0.999


def test_the_logistic_functions_derivative_is_its_slope():
    value, slope = (line.get_ydata() for line in logistic_function().axes[0].lines[:2])
    z = logistic_function().axes[0].lines[0].get_xdata()
    assert np.allclose(np.gradient(value, z)[1:-1], slope[1:-1], atol=1e-3)


def test_a_confusion_table_counts():
    texts = [text.get_text() for text in confusion([0, 1, 1, 2], [0, 1, 2, 2], K=3).axes[0].texts]
    assert sorted(texts) == ["1", "1", "1", "1"]


def test_pictures_need_three_axes():
    with pytest.raises(ShapeError, match=r"\(M, H, W\)"):
        pictures(np.zeros((8, 8)))
    assert len(pictures(np.ones((5, 2, 3)), titles=list("abcde"), columns=3).axes) == 6


def test_the_hidden_space_stands_beside_the_input_space():
    figure = hidden_space(X, np.tanh(X), Y, np.array([1.0, 1.0]), 0.0)
    assert len(drawn_points(figure.axes[1])) == len(X)
