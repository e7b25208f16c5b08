"""`chainrule.optim`: `steps`, `moments` and `optimizer` against PyTorch's frozen paths and closed forms."""

import inspect
import json
import math
from pathlib import Path

import numpy as np
import pytest
from chainrule import optim
from chainrule.errors import DTypeError, ParameterError, ShapeError

FROZEN = json.loads((Path(__file__).parents[1] / "fixtures" / "optimizers.json").read_text())


SETTINGS = {
    "sgd": {"lr": 0.1},
    "momentum": {"lr": 0.1, "mu": 0.8},
    "nesterov": {"lr": 0.1, "mu": 0.8},
    "adagrad": {"lr": 0.3, "eps": 1e-3},
    "adadelta": {"lr": 0.7, "rho": 0.8, "eps": 1e-3},
    "rmsprop": {"lr": 0.05, "rho": 0.8, "eps": 1e-3},
    "adam": {"lr": 0.05, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3},
    "adamax": {"lr": 0.05, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3},
    "nadam": {"lr": 0.05, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3, "psi": 0.02},
}


STEPS = {
    "momentum": (optim.momentum_step, 1, (), {"lr": 0.1}),
    "nesterov": (optim.nesterov_step, 1, (), {"lr": 0.1}),
    "adagrad": (optim.adagrad_step, 1, (), {"lr": 0.1}),
    "adadelta": (optim.adadelta_step, 2, (), {}),
    "rmsprop": (optim.rmsprop_step, 1, (), {"lr": 0.1}),
    "adam": (optim.adam_step, 2, (0,), {}),
    "adamax": (optim.adamax_step, 2, (0,), {}),
    "nadam": (optim.nadam_step, 2, (0, 1.0), {}),
}


@pytest.mark.parametrize("rule", SETTINGS)
def test_path_is_pytorchs(rule):
    params = {"theta": np.array(FROZEN["start"])}
    optimizer = optim.Optimizer(rule, **SETTINGS[rule])
    for grad, expected in zip(FROZEN["grads"], FROZEN["paths"][rule], strict=True):
        optimizer.step(params, {"theta": np.array(grad)})
        np.testing.assert_allclose(params["theta"], expected, rtol=1e-12, atol=1e-15)


def test_constant_gradient_gives_momentum_a_geometric_series():
    theta, v = np.zeros(1), np.zeros(1)
    for n in range(1, 30):
        theta, v = optim.momentum_step(theta, v, np.array([2.0]), lr=0.1, mu=0.7)
        assert v[0] == pytest.approx(-0.1 * 2.0 * (1 - 0.7**n) / (1 - 0.7))


def test_constant_gradient_gives_adagrad_one_over_root_n():
    theta, s = np.zeros(1), np.zeros(1)
    for n in range(1, 30):
        before = theta
        theta, s = optim.adagrad_step(theta, s, np.array([-3.0]), lr=0.1, eps=0.0)
        assert theta[0] - before[0] == pytest.approx(0.1 / math.sqrt(n))


@pytest.mark.parametrize("step", [optim.adam_step, optim.adamax_step])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_constant_gradient_moves_adam_by_the_rate_whatever_its_size(step, scale):
    """With the corrections every step is η sign(∇): a step without one of them, or with t off by one, is not."""
    theta, m, v, t = np.zeros(2), np.zeros(2), np.zeros(2), 0
    for n in range(1, 6):
        theta, m, v, t = step(theta, m, v, t, scale * np.array([1.0, -2.0]), lr=0.01, eps=1e-30)
        np.testing.assert_allclose(theta, [-0.01 * n, 0.01 * n], rtol=1e-9)
        assert t == n


def test_nesterov_by_hand_on_a_parabola():
    """f = θ²/2 from θ = 1, v = 0, η = ½, μ = ½: look-ahead points 1, ¼, −1/16, worked out with fractions."""
    theta, v, seen = np.array([1.0]), np.zeros(1), []
    for _ in range(3):
        point = optim.nesterov_lookahead(theta, v, mu=0.5)
        seen.append(float(point[0]))
        theta, v = optim.momentum_step(theta, v, point, lr=0.5, mu=0.5)
    assert seen == [1.0, 0.25, -0.0625]


def test_nesterov_step_walks_the_look_ahead_points():
    hessian = np.array([[3.0, 0.5], [0.5, 1.0]])
    theta, v = np.array([1.0, -2.0]), np.zeros(2)
    ahead, w = theta.copy(), np.zeros(2)
    for _ in range(20):
        point = optim.nesterov_lookahead(theta, v, mu=0.9)
        np.testing.assert_allclose(ahead, point, rtol=1e-12)
        theta, v = optim.momentum_step(theta, v, hessian @ point, lr=0.05, mu=0.9)
        ahead, w = optim.nesterov_step(ahead, w, hessian @ ahead, lr=0.05, mu=0.9)


def test_adadelta_keeps_the_units_of_theta():
    """Scaling the loss leaves the path as it is (up to ε), which no other first-order rule here but RMSProp's does."""
    paths = []
    for scale in (1.0, 1e4):
        theta, s, d = np.array([1.0]), np.zeros(1), np.full(1, 0.01)
        for _ in range(5):
            theta, s, d = optim.adadelta_step(theta, s, d, scale * theta, eps=1e-14)
        paths.append(theta)
    np.testing.assert_allclose(*paths, rtol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rule", STEPS)
def test_steps_are_pure_and_keep_the_dtype(rule, dtype):
    step, arrays, numbers, settings = STEPS[rule]
    rng = np.random.default_rng(1)
    theta, grad = rng.normal(size=(2, 3, 4)).astype(dtype)
    state = [np.abs(rng.normal(size=(3, 4))).astype(dtype) for _ in range(arrays)]
    before = [a.copy() for a in (theta, grad, *state)]
    for a in (theta, grad, *state):
        a.setflags(write=False)
    result = step(theta, *state, *numbers, grad, **settings)
    for a, b in zip((theta, grad, *state), before, strict=True):
        np.testing.assert_array_equal(a, b)
    for array in result[: arrays + 1]:
        assert array.dtype == dtype
        assert not any(np.shares_memory(array, a) for a in (theta, grad, *state))


NUMBERS = {"float64": np.float64, "longdouble": np.longdouble, "no axis": np.array, "float32": np.float32}
ALL_STEPS = STEPS | {"sgd": (optim.sgd_step, 0, (), {"lr": 0.1})}


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize("rule", ALL_STEPS)
def test_numbers_of_numpy_change_no_dtype(rule, kind):
    """Settings, t and product, as `np.geomspace` or an array of rates gives them."""
    step, arrays, counts, _ = ALL_STEPS[rule]
    optional = {
        name: NUMBERS[kind](0.25 if parameter.default is parameter.empty else parameter.default)
        for name, parameter in inspect.signature(step).parameters.items()
        if name in ("lr", "mu", "rho", "beta1", "beta2", "eps", "psi")
    }
    theta, grad = np.ones((2, 3), np.float32)
    results = step(theta, *[np.zeros_like(theta)] * arrays, *map(np.asarray, counts), grad, **optional)
    results = results if isinstance(results, tuple) else (results,)
    assert [array.dtype for array in results[: arrays + 1]] == [np.float32] * (arrays + 1)
    assert [type(number) for number in results[arrays + 1 :]] == [type(number) for number in counts]


@pytest.mark.parametrize("kind", ["float64", "longdouble"])
def test_the_look_ahead_point_keeps_its_dtype(kind):
    assert optim.nesterov_lookahead(*np.ones((2, 3), np.float32), mu=NUMBERS[kind](0.5)).dtype == np.float32


@pytest.mark.parametrize("rule", SETTINGS)
def test_an_optimizer_with_settings_of_numpy_goes_on_in_float32(rule):
    """State of another dtype than the parameter would stop the second step."""
    settings = {name: np.float64(value) for name, value in SETTINGS[rule].items()}
    paths = []
    for keywords in (settings, SETTINGS[rule]):
        params, optimizer = {"theta": np.ones(3, np.float32)}, optim.Optimizer(rule, **keywords)
        for _ in range(3):
            optimizer.step(params, {"theta": np.full(3, 0.5, np.float32)})
        paths.append(params["theta"])
    np.testing.assert_array_equal(*paths)


@pytest.mark.parametrize("lr", [np.array([0.1, 0.2]), [0.1], "0.1", 0.1 + 0j, None])
def test_a_rate_that_is_no_number_is_refused(lr):
    with pytest.raises(ParameterError, match=r"lr is no number: got .*, expected one real number"):
        optim.sgd_step(np.ones(2), np.ones(2), lr=lr)


@pytest.mark.parametrize("t", [-1, 0.5, np.nan])
def test_a_t_that_counts_nothing_is_refused(t):
    zero = np.zeros(2)
    with pytest.raises(ParameterError, match="t counts steps"):
        optim.adam_step(zero, zero, zero, t, np.ones(2))


@pytest.mark.parametrize("rule", STEPS)
def test_steps_refuse_what_would_round_or_broadcast(rule):
    step, arrays, numbers, settings = STEPS[rule]
    state = [np.zeros(3)] * arrays
    with pytest.raises(ShapeError, match=r"grad and theta differ in shape: got \(1,\), expected \(3,\)"):
        step(np.zeros(3), *state, *numbers, np.zeros(1), **settings)
    with pytest.raises(DTypeError, match="theta cannot be stepped: got int64"):
        step(np.zeros(3, int), *state, *numbers, np.zeros(3), **settings)
    with pytest.raises(DTypeError, match="hold different floats: got float32, expected float64"):
        step(np.zeros(3), *state, *numbers, np.zeros(3, np.float32), **settings)


@pytest.mark.parametrize("rule", SETTINGS)
def test_optimizer_writes_in_place_and_keeps_parameters_apart(rule):
    """Two parameters stepped together go where each goes alone, also with a schedule's NumPy rates and in float32."""
    rng = np.random.default_rng(2)
    grads = rng.normal(size=(4, 2, 5)).astype(np.float32)

    def rate(t):
        return np.float64(0.1) / (1 + t)

    together = {"a": np.ones(5, np.float32), "b": np.ones(5, np.float32)}
    kept, optimizer = together["a"], optim.Optimizer(rule, lr=rate)
    for a, b in grads:
        optimizer.step(together, {"a": a, "b": b})
    for name, column in (("a", 0), ("b", 1)):
        alone, single = {"p": np.ones(5, np.float32)}, optim.Optimizer(rule, lr=rate)
        for pair in grads:
            single.step(alone, {"p": pair[column]})
        np.testing.assert_array_equal(together[name], alone["p"])
    assert together["a"] is kept
    assert kept.dtype == np.float32
    assert not np.array_equal(together["a"], together["b"])


def test_a_failed_step_leaves_everything_as_it_was():
    params = {"a": np.ones(2), "b": np.ones(2)}
    optimizer = optim.Optimizer("adam")
    optimizer.step(params, {"a": np.ones(2), "b": np.ones(2)})
    before = {name: value.copy() for name, value in params.items()}
    m = optimizer.state["a"][0].copy()
    with pytest.raises(ShapeError):
        optimizer.step(params, {"a": np.ones(2), "b": np.ones(3)})
    for name, value in before.items():
        np.testing.assert_array_equal(params[name], value)
    np.testing.assert_array_equal(optimizer.state["a"][0], m)
    assert optimizer.t == 1


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: optim.Optimizer("adamw"), "no such rule: got adamw, expected sgd, momentum"),
        (lambda: optim.Optimizer("sgd"), "sgd has no default rate"),
        (lambda: optim.Optimizer("sgd", lr=0.1, mu=0.9), "sgd has no such setting: got mu, expected lr"),
        (lambda: optim.Optimizer("adam", grad=1.0), "adam has no such setting: got grad, expected lr, beta1"),
        (lambda: optim.Optimizer("sgd", lr=-1.0).rate(), "the learning rate is out of range: got -1.0"),
        (lambda: optim.Optimizer("sgd", lr=lambda t: math.nan).rate(), "out of range: got nan"),
    ],
)
def test_settings_out_of_range_are_named(make, message):
    with pytest.raises(ParameterError, match=message):
        make()


def test_gradients_of_another_network_are_refused():
    optimizer = optim.Optimizer("sgd", lr=0.1)
    with pytest.raises(ShapeError, match=r"got \['b'\], expected \['a'\]"):
        optimizer.step({"a": np.ones(1)}, {"b": np.ones(1)})
    optimizer.step({"a": np.ones(1)}, {"a": np.ones(1)})
    with pytest.raises(ShapeError, match="one optimizer for each network"):
        optimizer.step({"b": np.ones(1)}, {"b": np.ones(1)})
