"""`chainrule.check.mistakes.lenet.small_lenet` agrees with the compiled network: values and every gradient."""

import numpy as np
import pytest
from chainrule.check.mistakes.lenet.small_lenet import backward, cross_entropy, forward, loss_and_gradients
from chainrule.gradcheck import spaced
from chainrule.layers import Conv2D, Dense, Flatten, MaxPool2D
from chainrule.nets import Sequential

LAYERS = {"1": "conv1", "2": "conv2", "3": "dense1", "4": "dense2"}
CASES = {
    "square": ((2, 8, 8, 1), (3, 3), (3, 3), 4),
    "odd sizes, colours": ((3, 11, 13, 2), (3, 5), (5, 1), 6),
    "one image": ((1, 4, 6, 3), (1, 3), (3, 3), 1),
}


@pytest.fixture(params=CASES)
def case(request):
    """Images, labels, parameters, and the compiled network with the same parameters."""
    shape, first, second, pixels = CASES[request.param]
    rng = np.random.default_rng(0)
    shapes = [(*first, shape[3], 2), (*second, 2, 3), (3 * pixels, 4), (4, 5)]
    params = {}
    for i, size in zip("1234", shapes, strict=True):
        params |= {"W" + i: spaced(rng, *size) / np.prod(size[:-1]) ** 0.5, "b" + i: spaced(rng, size[-1]) / 4}
    options = {"rng": rng, "dtype": np.float64}
    net = Sequential(
        [
            Conv2D(shape[3], 2, first, padding="SAME", activation="relu", **options),
            MaxPool2D(2),
            Conv2D(2, 3, second, padding="SAME", activation="relu", **options),
            MaxPool2D(2),
            Flatten(),
            Dense(3 * pixels, 4, activation="relu", **options),
            Dense(4, 5, **options),
        ]
    )
    for name, value in params.items():
        net.params[f"{LAYERS[name[1]]}.{name[0]}"][...] = value
    return spaced(rng, *shape), np.arange(shape[0]) + 1, params, net


def test_loss_and_gradients_are_those_of_the_compiled_network(case):
    x, y, params, net = case
    loss, grads = net.loss(x, y)
    found = loss_and_gradients(params, x, y)
    assert found.keys() == {"loss", *params}
    assert found["loss"] == pytest.approx(loss, rel=1e-12)
    for name in params:
        np.testing.assert_allclose(found[name], grads[f"{LAYERS[name[1]]}.{name[0]}"], rtol=1e-9, atol=1e-12)


def test_scores_and_the_gradient_of_the_image_too(case):
    x, _, params, net = case
    scores, tape = net.forward(x)
    states = forward(params, x)
    np.testing.assert_allclose(states["z"], scores, rtol=1e-12)
    delta = np.cos(np.arange(scores.size)).reshape(scores.shape)
    np.testing.assert_allclose(
        backward(params, x, states, delta)["dx"], net.backward(delta, tape)[0], rtol=1e-9, atol=1e-12
    )


def test_large_scores_do_not_overflow():
    assert cross_entropy(np.array([[1000.0, 0.0], [0.0, -1000.0]]), np.array([1, 0])) == 500.0
