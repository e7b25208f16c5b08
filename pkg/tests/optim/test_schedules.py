"""Schedules against PyTorch's frozen rates and their own formulas."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from chainrule import optim
from chainrule.errors import ParameterError

FROZEN = json.loads((Path(__file__).parents[1] / "fixtures" / "optimizers.json").read_text())


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("step_decay", {"factor": 0.5, "every": 3}),
        ("exponential_decay", {"k": 0.1}),
        ("cosine_annealing", {"T": 20, "lr_min": 0.01}),
        ("warm_restarts", {"T": 3, "growth": 2, "lr_min": 0.01}),
    ],
)
def test_rates_are_pytorchs(name, settings):
    got = [getattr(optim, name)(0.5, t, **settings) for t in range(21)]
    np.testing.assert_allclose(got, FROZEN["rates"][name], rtol=1e-12)
    assert all(type(rate) is float for rate in got)


@pytest.mark.parametrize("growth", [1.0, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("T", [1, 3, 0.7])
def test_every_restart_begins_at_the_full_rate(growth, T):
    start, length = 0.0, T
    for _ in range(12):
        assert optim.warm_restarts(1.0, math.nextafter(start + 1e-9 * length, math.inf), T, growth) > 0.99
        assert optim.warm_restarts(1.0, start + 0.5 * length, T, growth) == pytest.approx(0.5)
        assert optim.warm_restarts(1.0, start + 0.999 * length, T, growth) < 0.01
        start, length = start + length, length * growth


@pytest.mark.parametrize("growth", [1, 2, 3, 5])
@pytest.mark.parametrize("T", [1, 3, 7, 10])
def test_the_first_step_of_a_run_has_exactly_the_full_rate_and_the_last_has_not(growth, T):
    """Whole numbers, where the logarithm that finds the run falls on a border and may round to the wrong side."""
    start, length = 0, T
    for _ in range(8):
        assert optim.warm_restarts(1.0, start, T, growth) == 1.0
        start, length = start + length, length * growth
        assert optim.warm_restarts(1.0, math.nextafter(start, 0), T, growth) < 1e-6


@pytest.mark.parametrize("T", [0.1, 0.7, 1 / 3, 1e-3, 7.3])
def test_runs_of_equal_length_begin_where_a_multiple_of_it_says(T):
    """Fractions of an epoch: k T is no exact multiple of T, and its remainder is 0 or nearly T."""
    assert [optim.warm_restarts(1.0, k * T, T, growth=1) for k in range(1000)] == [1.0] * 1000
    middles = [optim.warm_restarts(1.0, (k + 0.5) * T, T, growth=1) for k in range(1000)]
    np.testing.assert_allclose(middles, 0.5, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("step_decay", {"epoch": 3, "factor": 0.5, "every": 2}),
        ("exponential_decay", {"t": 3, "k": 0.1}),
        ("inverse_time_decay", {"t": 3, "k": 0.1}),
        ("cosine_annealing", {"t": 3, "T": 20}),
        ("warm_restarts", {"t": 3, "T": 2}),
    ],
)
def test_a_rate_of_numpy_comes_back_as_a_float(name, settings):
    assert type(getattr(optim, name)(np.float64(0.5), **settings)) is float


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: optim.step_decay(1.0, 0, 0.5, every=0), "every is too small"),
        (lambda: optim.cosine_annealing(1.0, 0, T=0), "T is too small"),
        (lambda: optim.warm_restarts(1.0, 0, T=1, growth=0.5), "growth is too small"),
        (lambda: optim.warm_restarts(1.0, math.inf, T=1), "no run is the last: got inf"),
        (lambda: optim.warm_restarts(1.0, math.inf, T=1, growth=1), "no run is the last: got inf"),
        (lambda: optim.inverse_time_decay(1.0, -1, k=1), "t is too small"),
    ],
)
def test_times_and_lengths_out_of_range_are_named(make, message):
    with pytest.raises(ParameterError, match=message):
        make()
