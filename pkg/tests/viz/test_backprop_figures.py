"""Figures of notebook 04 show right numbers: read back from what is drawn, against differences and plain loops."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.gradcheck import numerical_gradient
from chainrule.viz import difference_quotients, layered_graph, relu_and_slope, shared_connections, shared_sum
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Rectangle

X = np.array([[1.0, 2.0], [2.0, -1.0]])
Y = np.array([[5.0, 7.0], [-3.0, 6.0]])
PARAMS = [
    (np.array([[1.0, -1.0, 2.0], [1.0, 1.0, -1.0]]), np.array([0.0, 0.0, 1.0])),
    (np.array([[1.0, 2.0], [3.0, -1.0], [-1.0, 1.0]]), np.array([1.0, 0.0])),
]


def cost(x, params, y=Y):
    hidden = np.maximum(x @ params[0][0] + params[0][1], 0)
    return 0.5 * np.sum((hidden @ params[1][0] + params[1][1] - y) ** 2)


def shown(step, sample=1):
    return [
        text.get_text().replace("−", "-")
        for text in layered_graph(X, PARAMS, Y, step=step, sample=sample).axes[0].texts
    ]


def numbers(texts, mark):
    return [float(text.removeprefix(mark)) for text in texts if text.startswith(mark)]


def test_going_forwards_a_layer_appears_at_each_step():
    assert numbers(shown(0), "z = ") == []
    assert numbers(shown(1, sample=2), "z = ") == [1, -3, 6]
    assert numbers(shown(2, sample=2), "z = ") == [1, -3, 6, -4, 8]


def test_going_back_delta_appears_layer_by_layer_and_is_the_slope_of_the_cost():
    assert numbers(shown(2), "δ = ") == []
    assert numbers(shown(3), "δ = ") == [1, -1]
    assert len(numbers(shown(4), "δ = ")) == 5
    slopes = numerical_gradient(lambda x: cost(x, PARAMS), X)
    for sample in (1, 2):
        assert np.allclose(numbers(shown(5, sample), "δ = ")[:2], slopes[sample - 1], atol=1e-6)


@pytest.mark.parametrize(("step", "layer"), [(6, 1), (7, 0)])
def test_at_the_end_the_connections_bear_the_gradients_of_their_weights(step, layer):
    W, b = PARAMS[layer]
    slopes = numerical_gradient(lambda W: cost(X, [*PARAMS[:layer], (W, b), *PARAMS[layer + 1 :]]), W)
    axis = layered_graph(X, PARAMS, Y, step=step).axes[0]
    drawn = [float(text.get_text().replace("−", "-")) for text in axis.texts if text.get_fontweight() == "bold"]
    first = 0 if layer == 0 else len(drawn) - W.size
    assert np.allclose(drawn[first : first + W.size], slopes.ravel(), atol=1e-6)


def test_a_neuron_that_is_off_is_grey_in_its_sample_only():
    def faces(sample):
        axis = layered_graph(X, PARAMS, Y, step=2, sample=sample).axes[0]
        return [to_hex(patch.get_facecolor()) for patch in axis.patches if isinstance(patch, Circle)]

    assert faces(1).count("#d1d5db") == 0
    assert [i for i, face in enumerate(faces(2)) if face == "#d1d5db"] == [3]  # two inputs, then the second neuron


def test_the_worked_example_under_the_graph_is_the_first_neurons():
    assert (
        layered_graph(X, PARAMS, Y, step=4)
        .axes[0]
        .get_xlabel()
        .endswith(r"1 \cdot 1 \cdot 1 + (-1) \cdot 1 \cdot 2 = -1$")
    )


def test_steps_past_the_last_stay_there():
    assert shown(99) == shown(7)


@pytest.mark.parametrize("arguments", [(X, PARAMS[:1], Y), (X[:, :1], PARAMS, Y), (X, PARAMS, Y[:1]), (X, [], X)])
def test_a_graph_needs_arrays_that_belong_together(arguments):
    with pytest.raises(ShapeError, match="no network"):
        layered_graph(*arguments)


def test_a_graph_needs_a_sample_that_exists():
    with pytest.raises(ShapeError, match="m = 3"):
        layered_graph(X, PARAMS, Y, sample=3)


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


def test_the_graph_has_a_line_for_each_connection_and_the_chosen_neurons_are_thick():
    lines = shared_connections((2, 2), (3, 4), 4).axes[1].lines
    assert len(lines) == 24
    assert sum(line.get_linewidth() > 2 for line in lines) == 4


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


def test_the_central_quotients_error_falls_with_the_square_of_h():
    central, one_sided = (line.get_ydata() for line in difference_quotients().axes[1].lines[:2])
    h = difference_quotients().axes[1].lines[0].get_xdata()
    from_, to = np.searchsorted(h, [0.9e-4, 0.9e-2])
    assert np.isclose(np.log10(central[to] / central[from_]), 4, atol=0.05)
    assert np.isclose(np.log10(one_sided[to] / one_sided[from_]), 2, atol=0.05)


def test_both_chords_pass_through_the_curve():
    curve = difference_quotients(-0.5).axes[0]
    for dots in [line for line in curve.lines if line.get_marker() == "o"]:
        x, y = np.asarray(dots.get_xdata()), np.asarray(dots.get_ydata())
        assert np.allclose(y, np.exp(x) * np.sin(2 * x))
        assert np.isclose(np.ptp(x), 10**-0.5 * (2 if x.min() < 0.5 else 1))


def test_relus_slope_is_one_at_the_kink():
    value, slope = relu_and_slope().axes
    assert np.allclose(value.lines[0].get_ydata(), [0, 0, 0, 1, 2])
    filled = [line for line in slope.lines if line.get_marker() == "o" and line.get_markerfacecolor() != "white"]
    assert [(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in filled] == [(0.0, 1.0)]
