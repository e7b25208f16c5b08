"""`chainrule.nets`, all but weights: the whole LeNet against differences, training against closed forms."""

import sys

import numpy as np
import pytest
from chainrule import data, layers, losses, nets, optim
from chainrule.errors import ParameterError, ShapeError, TrainingError
from chainrule.gradcheck import directional_error


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(("make", "shape"), [(nets.lenet_digits, (3, 8, 8, 1)), (nets.lenet5, (2, 28, 28, 1))])
def test_the_whole_lenet_is_its_slope(make, shape):
    net, draws = make(rng(1), dtype=np.float64), rng(2)
    # Away from zero, so that no unit sits on the kink of its ReLU as it does with b = 0 on an empty corner.
    for name, value in net.params.items():
        if name.endswith(".b"):
            value[...] = draws.normal(size=value.shape) * 0.1
    x, y = draws.random(shape), np.arange(shape[0])
    _, grads = net.loss(x, y)
    assert grads.keys() == net.params.keys()
    for name, value in net.params.items():

        def f(v, value=value):
            kept = value.copy()
            value[...] = v
            try:
                return net.loss(x, y)[0]
            finally:
                value[...] = kept

        assert directional_error(f, grads[name], value.copy(), draws, h=1e-6) < 1e-5, name
    a, tape = net.forward(x)
    _, delta = losses.softmax_cross_entropy(a, y)
    dx, again = net.backward(delta, tape)
    assert directional_error(lambda v: net.loss(v, y)[0], dx, x, draws, h=1e-6) < 1e-5
    for name, value in again.items():
        np.testing.assert_array_equal(value, grads[name])


def test_layers_are_named_after_kind_and_place():
    net = nets.lenet5(rng())
    assert list(net.layers) == ["conv1", "pool1", "conv2", "pool2", "flatten1", "dense1", "dense2", "dense3"]
    assert {name: value.size for name, value in net.params.items()} == {
        # LeCun et al. 1998 count 156 for C1, 48,120 for C5 and 10,164 for F6.
        "conv1.W": 150,
        "conv1.b": 6,
        "conv2.W": 2400,
        "conv2.b": 16,
        "dense1.W": 48000,
        "dense1.b": 120,
        "dense2.W": 10080,
        "dense2.b": 84,
        "dense3.W": 840,
        "dense3.b": 10,
    }


def test_an_error_names_the_layer():
    with pytest.raises(ShapeError) as caught:
        nets.lenet5(rng()).forward(np.zeros((1, 32, 32, 1), np.float32))
    assert caught.value.__notes__ == ["in layer dense1, Dense(400 to 120, relu), for an input of shape (1, 576)"]


def linear(inputs, outputs, seed=0):
    return nets.Sequential([layers.Dense(inputs, outputs, rng=rng(seed), dtype=np.float64)])


def test_training_finds_the_least_squares_solution():
    draws = rng(3)
    x, y = draws.normal(size=(40, 3)), draws.normal(size=(40, 2))
    net = linear(3, 2)
    nets.fit(
        net,
        x,
        y,
        optimizer=optim.Optimizer("sgd", lr=0.2),
        epochs=400,
        batch_size=40,
        seed=0,
        loss=losses.squared_error,
    )
    expected = np.linalg.lstsq(np.hstack([x, np.ones((40, 1))]), y, rcond=None)[0]
    np.testing.assert_allclose(net.params["dense1.W"], expected[:3], rtol=1e-8)
    np.testing.assert_allclose(net.params["dense1.b"], expected[3], rtol=1e-8)


def test_one_step_of_softmax_regression_is_the_notes_formula():
    draws = rng(4)
    x, y = draws.normal(size=(6, 3)), np.array([0, 1, 1, 0, 2, 2])
    net = linear(3, 3)
    W = net.params["dense1.W"].copy()
    e = np.exp(x @ W)
    expected = W - 0.5 * x.T @ (e / e.sum(axis=1, keepdims=True) - np.eye(3)[y]) / 6
    nets.fit(net, x, y, optimizer=optim.Optimizer("sgd", lr=0.5), epochs=1, batch_size=6, seed=0)
    np.testing.assert_allclose(net.params["dense1.W"], expected, rtol=1e-12)


def test_lenet_learns_the_digits():
    x, y = data.digits("train")
    net = nets.lenet_digits(rng(0))
    history = nets.fit(
        net,
        x[..., None],
        y,
        optimizer=optim.Optimizer("adam", lr=0.005),
        epochs=12,
        batch_size=32,
        seed=0,
        validation=(data.digits("validation")[0][..., None], data.digits("validation")[1]),
    )
    x_test, y_test = data.digits("test")
    assert (net.predict(x_test[..., None]) == y_test).mean() > 0.95
    assert history.validation_accuracy[-1] > 0.94
    assert history.loss[-1] < 0.1 * history.loss[0]


@pytest.mark.parametrize("batch_size", [1, 4, 10, 64])
def test_each_epoch_sees_each_example_once_in_a_new_order(batch_size):
    seen = []

    def loss(a, y):
        seen.extend(y[:, 0].tolist())
        return losses.squared_error(a, y)

    x = np.arange(10.0)[:, None]
    optimizer = optim.Optimizer("sgd", lr=0.0)
    nets.fit(linear(1, 1), x, x, optimizer=optimizer, epochs=2, batch_size=batch_size, seed=0, loss=loss)
    assert sorted(seen[:10]) == sorted(seen[10:]) == list(range(10))
    assert seen[:10] != seen[10:]
    assert optimizer.t == 2 * -(-10 // batch_size)


def test_the_epochs_loss_is_the_mean_over_examples_also_with_a_short_last_batch():
    draws = rng(5)
    x, y = draws.normal(size=(10, 3)), draws.integers(0, 3, size=10)
    net = linear(3, 3)
    expected, accuracy = nets.evaluate(net, x, y)
    history = nets.fit(net, x, y, optimizer=optim.Optimizer("sgd", lr=0.0), epochs=1, batch_size=4, seed=0)
    assert history.loss[0] == pytest.approx(expected, rel=1e-12)
    assert history.accuracy == [accuracy]


def trained(seed, validation=None):
    net = nets.Sequential(
        [
            layers.Dense(2, 8, activation="relu", rng=rng(1)),
            layers.Dropout(0.2),
            layers.Dense(8, 2, rng=rng(2)),
        ]
    )
    x, y = data.moons(rng(6), M=50)
    history = nets.fit(
        net, x, y, optimizer=optim.Optimizer("adam"), epochs=3, batch_size=16, seed=seed, validation=validation
    )
    return net, history


def test_the_seed_decides_and_looking_changes_nothing():
    first, history = trained(0)
    second, looked = trained(0, validation=data.moons(rng(7), M=30))
    other, _ = trained(1)
    for name, value in first.params.items():
        np.testing.assert_array_equal(value, second.params[name])
        assert not np.array_equal(value, other.params[name])
    assert history.loss == looked.loss
    assert len(looked.validation_loss) == len(looked.validation_accuracy) == 3


def test_dropout_acts_in_training_only():
    net = nets.Sequential([layers.Dense(2, 50, rng=rng(1)), layers.Dropout(0.5), layers.Dense(50, 2, rng=rng(2))])
    x = np.ones((1, 2), np.float32)
    first, second = (net.forward(x, rng(seed))[0] for seed in (0, 1))
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, net.forward(x, rng(0))[0])
    np.testing.assert_array_equal(net.logits(x), net.forward(x)[0])


def test_training_can_go_on_with_the_same_optimizer():
    """Two times two epochs with one Generator are four epochs: the state of Adam and the order go on."""
    x, y = data.blobs(rng(8), M=30)
    results = []
    for parts in ([4], [2, 2]):
        net, optimizer, order = linear(2, 2), optim.Optimizer("adam"), rng(9)
        for epochs in parts:
            nets.fit(net, x, y, optimizer=optimizer, epochs=epochs, batch_size=7, seed=order)
        results.append(net.params["dense1.W"])
    np.testing.assert_array_equal(*results)


def test_divergence_is_told_in_one_sentence():
    x = 1e3 * rng().normal(size=(8, 2))
    with pytest.raises(TrainingError, match=r"no number any more at step \d+.*lower the learning rate, now 10"):
        nets.fit(
            linear(2, 1),
            x,
            x[:, :1],
            optimizer=optim.Optimizer("sgd", lr=10.0),
            epochs=100,
            seed=0,
            loss=losses.squared_error,
        )


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"y": np.zeros(3, int)}, ShapeError, r"x \(4, 2\) and y \(3,\)"),
        ({"x": np.zeros((0, 2)), "y": np.zeros(0, int)}, ShapeError, "n >= 1"),
        ({"epochs": -1}, ParameterError, "got -1"),
        ({"batch_size": 0}, ParameterError, "batches would be empty"),
        ({"x": np.zeros((4, 3))}, ShapeError, "w has a row for each column of x"),
        ({"y": np.array([0, 1, 2, 5])}, ShapeError, "labels"),
    ],
)
def test_fit_refuses(change, error, message):
    arguments = {"x": np.zeros((4, 2)), "y": np.array([0, 1, 0, 1]), "epochs": 1, "batch_size": 2} | change
    x, y = arguments.pop("x"), arguments.pop("y")
    with pytest.raises(error, match=message):
        nets.fit(linear(2, 2), x, y, optimizer=optim.Optimizer("sgd", lr=0.1), seed=0, **arguments)


def test_a_network_needs_different_layers():
    layer = layers.ReLU()
    with pytest.raises(ParameterError, match="got 2 layers, 1 of them different"):
        nets.Sequential([layer, layer])
    with pytest.raises(ParameterError, match="got 0 layers"):
        nets.Sequential([])


def test_logits_do_not_depend_on_the_batches():
    net, x = nets.lenet_digits(rng(), dtype=np.float64), rng(1).random((7, 8, 8, 1))
    whole = net.forward(x)[0]
    np.testing.assert_allclose(net.logits(x, batch_size=3), whole, rtol=1e-13)
    np.testing.assert_array_equal(net.predict(x), whole.argmax(axis=1))


def test_the_bar_shows_epochs_and_losses_and_silence_is_silent(capsys):
    x, y = data.blobs(rng(8), M=30)
    nets.fit(linear(2, 2), x, y, optimizer=optim.Optimizer("adam"), epochs=2, seed=0)
    silent = capsys.readouterr()
    history = nets.fit(linear(2, 2), x, y, optimizer=optim.Optimizer("adam"), epochs=2, seed=0, progress=True)
    shown = capsys.readouterr()
    assert silent.out == silent.err == shown.err == ""
    assert f"epoch 2/2  loss {history.loss[-1]:.4f}" in shown.out
    assert "2/2" in shown.out.replace("epoch 2/2", "")
    assert "rich" in sys.modules
