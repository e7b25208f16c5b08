"""`chainrule.layers`: every layer against differences of its own forward, and its forward against loops or einsum."""

import numpy as np
import pytest
from chainrule import layers
from chainrule.errors import DTypeError, ParameterError, ShapeError
from chainrule.gradcheck import directional_error, spaced


def rng():
    return np.random.default_rng(11)


SAME64 = {"dtype": np.float64}
TABLE = {
    "dense": (lambda: layers.Dense(6, 4, rng=rng(), **SAME64), (3, 6)),
    "dense relu": (lambda: layers.Dense(6, 4, activation="relu", rng=rng(), **SAME64), (3, 6)),
    "dense, one example and one unit": (lambda: layers.Dense(1, 1, rng=rng(), **SAME64), (1, 1)),
    "conv": (lambda: layers.Conv2D(2, 3, (3, 2), rng=rng(), **SAME64), (2, 6, 5, 2)),
    "conv strided same relu": (
        lambda: layers.Conv2D(2, 3, (3, 5), strides=(2, 1), padding="SAME", activation="relu", rng=rng(), **SAME64),
        (2, 7, 6, 2),
    ),
    "conv dilated, padded by hand": (
        lambda: layers.Conv2D(1, 2, 2, dilations=(2, 3), padding=((1, 0), (0, 2)), rng=rng(), **SAME64),
        (3, 5, 6, 1),
    ),
    "max pool": (lambda: layers.MaxPool2D(2), (2, 4, 6, 3)),
    "max pool, overlap, rows left over": (lambda: layers.MaxPool2D((3, 2), (2, 1), "SAME"), (2, 6, 5, 2)),
    "average pool": (lambda: layers.AvgPool2D((2, 3), (1, 2), "SAME"), (2, 5, 6, 2)),
    "relu": (lambda: layers.ReLU(), (3, 4, 2)),
    "flatten": (lambda: layers.Flatten(), (2, 3, 4, 2)),
    "dropout, looking": (lambda: layers.Dropout(0.4), (3, 5)),
}


def errors_of(layer, x, forward):
    """Largest relative error by x and by each parameter, upstream gradient at random."""
    draws = np.random.default_rng(12)
    a, tape = forward(x)
    upstream = draws.normal(size=a.shape)
    delta, grads = layer.backward(upstream, tape)
    found = {"x": directional_error(lambda v: float(np.sum(forward(v)[0] * upstream)), delta, x, draws)}
    for name, value in layer.params.items():

        def f(v, value=value):
            kept = value.copy()
            value[...] = v
            try:
                return float(np.sum(forward(x)[0] * upstream))
            finally:
                value[...] = kept

        found[name] = directional_error(f, grads[name], value.copy(), draws)
    return found


@pytest.mark.parametrize("name", TABLE)
def test_backward_is_the_slope_of_forward(name):
    make, shape = TABLE[name]
    layer = make()
    for key, value in layer.params.items():
        if key == "b":
            value[...] = np.random.default_rng(13).normal(size=value.shape)
    found = errors_of(layer, spaced(rng(), *shape), layer.forward)
    assert max(found.values()) < 1e-7, found


def test_dropout_in_training_is_checked_with_the_same_draw():
    layer = layers.Dropout(0.4)
    found = errors_of(layer, spaced(rng(), 5, 6), lambda x: layer.train_forward(x, np.random.default_rng(3)))
    assert found["x"] < 1e-7


@pytest.mark.parametrize("name", TABLE)
def test_parameter_gradients_are_those_of_backward(name):
    make, shape = TABLE[name]
    layer = make()
    a, tape = layer.forward(spaced(rng(), *shape))
    delta = np.random.default_rng(1).normal(size=a.shape)
    expected = layer.backward(delta, tape)[1]
    got = layer.parameter_gradients(delta, tape)
    assert got.keys() == expected.keys() == layer.params.keys()
    for key, value in got.items():
        np.testing.assert_array_equal(value, expected[key])


@pytest.mark.parametrize("name", TABLE)
def test_passes_do_not_disturb_each_other_or_their_arguments(name):
    """Forward on A, forward on B, back on A: the gradient is A's, and x and delta are as they were."""
    make, shape = TABLE[name]
    layer, x = make(), spaced(rng(), *shape)
    a, tape = layer.forward(x)
    delta = np.random.default_rng(2).normal(size=a.shape)
    kept_x, kept_delta = x.copy(), delta.copy()
    expected, _ = layer.backward(delta, tape)
    layer.forward(x[:1] * 2)
    got, _ = layer.backward(delta, tape)
    np.testing.assert_array_equal(got, expected)
    np.testing.assert_array_equal(x, kept_x)
    np.testing.assert_array_equal(delta, kept_delta)


def test_dense_by_hand():
    layer = layers.Dense(2, 2, activation="relu", rng=rng(), dtype=np.float64)
    layer.params["W"][...] = [[1.0, -1.0], [2.0, 0.5]]
    layer.params["b"][...] = [0.5, -0.25]
    a, tape = layer.forward(np.array([[1.0, 1.0], [-1.0, 0.0]]))
    np.testing.assert_array_equal(a, [[3.5, 0.0], [0.0, 0.75]])
    delta, grads = layer.backward(np.array([[1.0, 10.0], [100.0, 2.0]]), tape)
    np.testing.assert_array_equal(delta, [[1.0, 2.0], [-2.0, 1.0]])
    np.testing.assert_array_equal(grads["W"], [[1.0, -2.0], [1.0, 0.0]])
    np.testing.assert_array_equal(grads["b"], [1.0, 2.0])


def test_convolution_is_the_sum_over_its_windows():
    layer = layers.Conv2D(2, 3, (2, 3), strides=(2, 1), activation="relu", rng=rng(), dtype=np.float64)
    layer.params["b"][...] = [0.1, -0.2, 0.3]
    x = np.random.default_rng(5).normal(size=(2, 6, 5, 2))
    windows = np.lib.stride_tricks.sliding_window_view(x, (2, 3), axis=(1, 2))[:, ::2]
    expected = np.maximum(np.einsum("mpqcrs,rsck->mpqk", windows, layer.params["W"]) + layer.params["b"], 0)
    np.testing.assert_allclose(layer.forward(x)[0], expected, rtol=1e-12, atol=1e-14)


def test_fused_relu_is_the_layer_of_its_own_with_slope_zero_at_zero():
    fused = layers.Dense(3, 2, activation="relu", rng=rng(), dtype=np.float64)
    plain, relu = layers.Dense(3, 2, rng=rng(), dtype=np.float64), layers.ReLU()
    x = np.array([[0.0, 0.0, 0.0], [1.0, -2.0, 0.5]])
    a, tape = fused.forward(x)
    z, below = plain.forward(x)
    b, above = relu.forward(z)
    np.testing.assert_array_equal(a, b)
    delta = np.array([[1.0, 2.0], [3.0, 4.0]])
    got, grads = fused.backward(delta, tape)
    expected, others = plain.backward(relu.backward(delta, above)[0], below)
    np.testing.assert_array_equal(got, expected)
    np.testing.assert_array_equal(grads["W"], others["W"])
    np.testing.assert_array_equal(grads["b"], others["b"])


@pytest.mark.parametrize(("at_zero", "expected"), [(0.0, 0.0), (1.0, 7.0), (0.5, 3.5)])
def test_slope_at_zero(at_zero, expected):
    layer = layers.ReLU(at_zero=at_zero)
    _, tape = layer.forward(np.array([0.0, -0.0], np.float32))
    delta, _ = layer.backward(np.array([7.0, 7.0], np.float32), tape)
    np.testing.assert_array_equal(delta, [expected, expected])
    assert delta.dtype == np.float32


def test_relu_keeps_nan_and_stops_infinite_gradients_at_the_negative_side():
    layer = layers.ReLU()
    a, tape = layer.forward(np.array([np.nan, -1.0, 1.0]))
    assert np.isnan(a[0])
    np.testing.assert_array_equal(layer.backward(np.array([1.0, np.inf, 2.0]), tape)[0][1:], [0.0, 2.0])


def test_dropout_drops_its_share_and_keeps_the_mean():
    layer, x = layers.Dropout(0.3), np.ones((200, 500), np.float32)
    a, mask = layer.train_forward(x, np.random.default_rng(0))
    share, n = float((a == 0).mean()), x.size
    assert abs(share - 0.3) < 5 * np.sqrt(0.3 * 0.7 / n)
    np.testing.assert_allclose(a[a != 0], 1 / 0.7, rtol=1e-6)
    assert a.dtype == np.float32
    np.testing.assert_array_equal(layer.backward(x, mask)[0], a)
    np.testing.assert_array_equal(layer.forward(x)[0], x)


@pytest.mark.parametrize("shape", [(400, 300), (5, 5, 16, 300)])
def test_weights_have_hes_variance(shape):
    W, inputs = layers.he_normal(np.random.default_rng(1), shape, np.float64), int(np.prod(shape[:-1]))
    # A sample variance of n normal numbers strays by √(2/n) of itself.
    assert abs(W.var() / (2 / inputs) - 1) < 5 * np.sqrt(2 / W.size)
    assert abs(W.mean()) < 5 * np.sqrt(2 / inputs / W.size)


def test_both_dtypes_start_from_the_same_weights():
    wide, narrow = (layers.Dense(7, 5, rng=rng(), dtype=dtype).params["W"] for dtype in (np.float64, np.float32))
    np.testing.assert_array_equal(wide.astype(np.float32), narrow)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: layers.Dense(3, 0, rng=rng()), ParameterError, r"got \(3, 0\)"),
        (lambda: layers.Dense(3, 2, rng=rng(), dtype=np.int32), DTypeError, "got int32"),
        (lambda: layers.Dense(3, 2, activation="tanh", rng=rng()), ParameterError, "no such activation: got tanh"),
        (lambda: layers.Dense(3, 2, rng=rng()).forward(np.ones((1, 3))), DTypeError, "different floats"),
        (lambda: layers.Conv2D(3, 2, 3, rng=rng()).forward(np.ones((1, 5, 5, 1), np.float32)), ShapeError, "channels"),
        (lambda: layers.ReLU(at_zero=2), ParameterError, "no slope of ReLU"),
        (lambda: layers.ReLU().backward(np.ones(2), np.ones(3)), ShapeError, r"got \(2,\), expected \(3,\)"),
        (lambda: layers.Flatten().backward(np.ones((2, 5)), (2, 2, 3)), ShapeError, r"expected \(2, 6\)"),
        (lambda: layers.Dropout(1.0), ParameterError, "nothing would be left"),
    ],
)
def test_refusals_say_what_came(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_an_empty_batch_passes():
    x = np.zeros((0, 4, 4, 1), np.float32)
    for layer in (layers.Conv2D(1, 2, 3, rng=rng()), layers.MaxPool2D(2), layers.Flatten()):
        a, tape = layer.forward(x)
        delta, _ = layer.backward(np.zeros_like(a), tape)
        assert delta.shape == x.shape
