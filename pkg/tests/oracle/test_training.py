"""Losses, optimisers, schedules and a whole LeNet against PyTorch, live and in float64."""

import numpy as np
import pytest
import torch
from chainrule import losses, nets, optim
from torch_twin import gradients, images, twin

RULES = {
    "sgd": (torch.optim.SGD, {}, {}),
    "momentum": (torch.optim.SGD, {"mu": 0.7}, {"momentum": 0.7}),
    "nesterov": (torch.optim.SGD, {"mu": 0.7}, {"momentum": 0.7, "nesterov": True}),
    "adagrad": (torch.optim.Adagrad, {"eps": 1e-7}, {"eps": 1e-7}),
    "adadelta": (torch.optim.Adadelta, {"rho": 0.7}, {"rho": 0.7}),
    "rmsprop": (torch.optim.RMSprop, {"rho": 0.7}, {"alpha": 0.7}),
    "adam": (torch.optim.Adam, {"beta1": 0.6, "beta2": 0.9}, {"betas": (0.6, 0.9)}),
    "adamax": (torch.optim.Adamax, {"beta1": 0.6, "beta2": 0.9}, {"betas": (0.6, 0.9)}),
    "nadam": (torch.optim.NAdam, {"beta1": 0.6, "psi": 0.01}, {"betas": (0.6, 0.999), "momentum_decay": 0.01}),
}


@pytest.fixture(autouse=True)
def _double():
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("rule", RULES)
def test_a_hundred_steps_of_each_rule(rule, seed):
    make, ours, theirs = RULES[rule]
    rng = np.random.default_rng(seed)
    shape, lr = tuple(rng.integers(1, 5, size=rng.integers(0, 4))), float(rng.choice([1e-3, 0.1, 1.0]))
    params = {"theta": np.array(rng.normal(size=shape))}
    theta = torch.tensor(params["theta"], requires_grad=True)
    mine, other = optim.Optimizer(rule, lr=lr, **ours), make([theta], lr=lr, **theirs)
    for _ in range(100):
        grad = np.array(rng.normal(size=shape) * 10.0 ** rng.integers(-6, 4))
        theta.grad = torch.tensor(grad)
        other.step()
        mine.step(params, {"theta": grad})
    np.testing.assert_allclose(params["theta"], theta.detach().numpy(), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("scale", [1.0, 30.0, 1000.0])
def test_losses_and_their_gradients(seed, scale):
    rng = np.random.default_rng(seed)
    M, K = rng.integers(1, 9, size=2)
    z, labels = scale * rng.normal(size=(M, K)), rng.integers(0, K, size=M)
    p = rng.dirichlet(np.ones(K), size=M)
    functional = torch.nn.functional
    cases = [
        (losses.softmax_cross_entropy, functional.cross_entropy, z, labels),
        (losses.softmax_cross_entropy, functional.cross_entropy, z, p),
        (losses.sigmoid_cross_entropy, functional.binary_cross_entropy_with_logits, z[:, 0], p[:, 0]),
        # PyTorch's mean is over every number, the notes' over the batch.
        (losses.squared_error, lambda a, y: K * functional.mse_loss(a, y), z, p),
    ]
    for ours, theirs, x, y in cases:
        loss, gradient = ours(x, y)
        tensor = torch.tensor(x, requires_grad=True)
        expected = theirs(tensor, torch.tensor(y))
        expected.backward()
        assert loss == pytest.approx(expected.item(), rel=1e-13, abs=1e-300)
        np.testing.assert_allclose(gradient, tensor.grad.numpy(), rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize(("make", "size"), [(nets.lenet_digits, 8), (nets.lenet5, 28)])
def test_every_gradient_of_a_lenet(make, size):
    """Biases start at zero, so many units sit at z = 0: both sides must take the same slope there."""
    net, rng = make(np.random.default_rng(0), dtype=np.float64), np.random.default_rng(1)
    x, y = np.maximum(rng.normal(size=(5, size, size, 1)), 0), np.arange(5)
    x[:, : size // 2] = 0
    loss, grads = net.loss(x, y)
    model = twin(net)
    expected = torch.nn.functional.cross_entropy(model(images(x)), torch.from_numpy(y))
    expected.backward()
    assert loss == pytest.approx(expected.item(), rel=1e-13)
    for name, gradient in gradients(net, model).items():
        np.testing.assert_allclose(grads[name], gradient, rtol=1e-9, atol=1e-13, err_msg=name)


def test_training_is_pytorchs_step_by_step():
    net, rng = nets.lenet_digits(np.random.default_rng(0), dtype=np.float64), np.random.default_rng(1)
    x, y = rng.random((40, 8, 8, 1)), rng.integers(0, 10, size=40)
    model = twin(net)
    optimizer, mine = torch.optim.Adam(model.parameters(), lr=0.003), []
    theirs = []
    order = np.random.default_rng(2)
    for _ in range(5):
        for index in nets.minibatches(40, 16, order):
            loss = torch.nn.functional.cross_entropy(model(images(x[index])), torch.from_numpy(y[index]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            theirs.append(loss.item())

    def recorded(a, targets):
        mine.append(losses.softmax_cross_entropy(a, targets)[0])
        return losses.softmax_cross_entropy(a, targets)

    nets.fit(net, x, y, optimizer=optim.Optimizer("adam", lr=0.003), epochs=5, batch_size=16, seed=2, loss=recorded)
    np.testing.assert_allclose(mine, theirs, rtol=1e-8)
