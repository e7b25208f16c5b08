"""`chainrule.check.diagnosis` and `rules`: the mistake that was made is named, by what fits elsewhere too."""

import numpy as np
import pytest
from chainrule.check import Sheet
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
