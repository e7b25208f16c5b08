"""Graphs of small networks show right numbers: read back from what is drawn, against differences and loops."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.gradcheck import numerical_gradient
from chainrule.viz import layered_graph, shared_connections
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

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


def test_the_graph_has_a_line_for_each_connection_and_the_chosen_neurons_are_thick():
    lines = shared_connections((2, 2), (3, 4), 4).axes[1].lines
    assert len(lines) == 24
    assert sum(line.get_linewidth() > 2 for line in lines) == 4
