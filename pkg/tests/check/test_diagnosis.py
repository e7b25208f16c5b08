"""The named mistake is the one that was made, for every common slip and for every mistake in the tables."""

from importlib import import_module

import numpy as np
import pytest
from chainrule.check import Sheet
from chainrule.check.mistakes import MODULES, known_mistakes
from chainrule.gradcheck import spaced

RNG = np.random.default_rng(0)
X = spaced(RNG, 3, 4)


def column_means(x):
    return x.mean(axis=0)


SLIPS = {
    "sign": lambda x: -column_means(x),
    "sum-for-mean": lambda x: x.sum(axis=0),
    "mean-twice": lambda x: column_means(x) / 3,
    "mean-over-more": lambda x: column_means(x) / 4,
    "factor-2": lambda x: column_means(x) / 2,
    "log-base": lambda x: column_means(x) / np.log(10),
    "complement": lambda x: 1 - column_means(x),
    "all-zero": lambda x: np.zeros(4),
    "constant-factor": lambda x: 0.77 * column_means(x),
    "shape": lambda x: column_means(x)[:, None],
    "not-finite": lambda x: np.log(-np.abs(column_means(x))),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_common_slip_is_called_by_its_name(slip):
    sheet = Sheet("f(x) -> y", SLIPS[slip], points=1)
    sheet.values("column means", X, expect=column_means)
    assert sheet.report().diagnoses[0] == slip


@pytest.mark.parametrize(("slip", "wrong"), [("transpose", lambda x: x.T), ("flip", lambda x: x[::-1, ::-1])])
def test_a_table_that_is_turned_is_called_so(slip, wrong):
    square = spaced(RNG, 3, 3)
    sheet = Sheet("f(x) -> y", wrong, points=1)
    sheet.values("as it is", square, expect=lambda x: x)
    assert sheet.report().diagnoses == (slip,)


def test_noise_is_given_no_name():
    sheet = Sheet("f(x) -> y", lambda x: column_means(x) + np.array([0.1, -0.3, 0.2, 0.05]), points=1)
    sheet.values("column means", X, expect=column_means)
    assert sheet.report().diagnoses == ()


def test_where_two_mistakes_look_alike_the_one_that_explains_more_is_named():
    """With two rows, "no mean" and "a factor 2 too much" are the same; with three they are not."""
    sheet = Sheet("f(x) -> y", lambda x: 2 * column_means(x), points=1)
    sheet.values("two rows", X[:2], expect=column_means)
    sheet.values("three rows", X, expect=column_means)
    assert sheet.report().diagnoses == ("factor-2",)


def test_every_table_has_a_sentence_for_every_mistake_and_no_sentence_is_idle():
    modules = [import_module(f"chainrule.check.mistakes.{module}") for module in MODULES]
    used = {name for module in modules for table in module.MISTAKES.values() for name in table}
    assert used == {name for module in modules for name in module.TEXTS}


ARGUMENTS = {
    "z": spaced(RNG, 3, 4),
    "x": spaced(RNG, 3, 5),
    "w": spaced(RNG, 5),
    "b": 0.7,
    "W_h": spaced(RNG, 5, 2),
    "b_h": spaced(RNG, 2),
    "w_a": spaced(RNG, 2),
    "b_a": -0.4,
}
SIGNATURES = {
    "sigmoid": "sigmoid(z) -> a",
    "logistic_forward": "logistic_forward(x, w, b) -> a",
    "log_likelihood": "log_likelihood(x, y, w, b) -> S",
    "hidden_layer": "hidden_layer(x, W_h, b_h) -> h",
    "softmax": "softmax(z) -> a",
}
Y = np.array([1.0, 0.0, 1.0])
CASES = [(exercise, name) for exercise in SIGNATURES for name in known_mistakes(exercise)]


@pytest.mark.parametrize(("exercise", "name"), CASES)
def test_a_known_mistake_is_recognised_when_it_is_the_answer(exercise, name):
    """Against a wrong expectation every formula must recognise itself; several may be the same at one input."""
    sheet = Sheet(SIGNATURES[exercise], known_mistakes(exercise)[name][1], points=1)
    arguments = [{**ARGUMENTS, "y": Y}[argument] for argument in sheet.signature.arguments]
    result = np.asarray(known_mistakes(exercise)[name][1](*arguments), np.float64)
    sheet.values("never", *arguments, expect=np.arange(result.size).reshape(result.shape) + 0.123)
    assert name in sheet.report().outcomes[0].finding.suspects


def test_exercises_of_two_notebooks_that_share_a_name_have_each_their_own_mistakes():
    tensorflow = known_mistakes("conv2d", ("input", "filter", "strides", "padding", "data_format", "dilations"))
    notebook_3 = known_mistakes("conv2d", ("x", "w", "b", "stride", "pad"))
    assert "odd-zero-before" in tensorflow.keys() - notebook_3.keys()
    assert "bias-left-out" in notebook_3.keys() - tensorflow.keys()
