"""Losses against 60-digit arithmetic and their own differences, at ordinary logits and at huge ones."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from chainrule import losses
from chainrule.errors import DTypeError, ShapeError

LEVELS = {
    "ordinary": [[0.3, -1.2, 2.0], [0.0, 0.0, 0.0], [-3.0, 1.0, 0.5]],
    "huge": [[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -1000.0], [1e5, 1e5 - 1, 0.0]],
    "rows on different levels": [[-5000.0, -5001.0, -5002.0], [5000.0, 4999.0, 5001.0], [0.0, 1.0, 2.0]],
}


def decimal_softmax(row):
    e = [Decimal(float(z)).exp() for z in row]
    return [value / sum(e) for value in e]


@pytest.mark.parametrize("level", LEVELS)
def test_softmax_cross_entropy_against_decimals(level):
    z, y = np.array(LEVELS[level]), np.array([2, 0, 1])
    with localcontext(prec=60, Emax=999999, Emin=-999999):
        p = [decimal_softmax(row) for row in z]
        expected = float(sum(-row[label].ln() for row, label in zip(p, y, strict=True)) / 3)
        dz = [[float((q - (k == label)) / 3) for k, q in enumerate(row)] for row, label in zip(p, y, strict=True)]
    loss, got = losses.softmax_cross_entropy(z, y)
    assert loss == pytest.approx(expected, rel=1e-13)
    np.testing.assert_allclose(got, dz, rtol=1e-11, atol=1e-300)
    np.testing.assert_allclose(losses.softmax(z), np.array(p, dtype=float), rtol=1e-11, atol=1e-300)


@pytest.mark.parametrize("z", [-1000.0, -40.0, -1.0, 0.0, 0.5, 30.0, 1000.0])
@pytest.mark.parametrize("y", [0.0, 0.25, 1.0])
def test_sigmoid_cross_entropy_against_decimals(z, y):
    with localcontext(prec=60, Emax=999999, Emin=-999999):
        exact, target = Decimal(z), Decimal(y)
        a, rest = 1 / (1 + (-exact).exp()), 1 / (1 + exact.exp())
        # 1 − a would lose what 1 / (1 + e^z) keeps, even in 60 digits.
        expected = float(-target * a.ln() - (1 - target) * rest.ln())
        slope = float(a - target)
    loss, dz = losses.sigmoid_cross_entropy(np.array([z, 0.0]), np.array([y, 0.5]))
    assert loss == pytest.approx((expected + np.log(2)) / 2, rel=1e-14)
    np.testing.assert_allclose(dz, [slope / 2, 0.0], rtol=1e-12, atol=1e-16)
    assert losses.sigmoid(np.array([z]))[0] == pytest.approx(float(a), rel=1e-14, abs=0)


def test_one_hot_rows_probabilities_and_labels_mean_the_same():
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(5, 4)), np.array([0, 3, 1, 1, 2])
    by_label, by_row = losses.softmax_cross_entropy(z, y), losses.softmax_cross_entropy(z, np.eye(4)[y])
    assert by_label[0] == by_row[0]
    np.testing.assert_array_equal(by_label[1], by_row[1])


def slope(loss, x, direction, h=1e-5):
    return (loss(x + h * direction)[0] - loss(x - h * direction)[0]) / (2 * h)


@pytest.mark.parametrize(
    ("loss", "shape", "target"),
    [
        (losses.squared_error, (5,), "real"),
        (losses.squared_error, (5, 3), "real"),
        (losses.sigmoid_cross_entropy, (5,), "probability"),
        (losses.softmax_cross_entropy, (5, 3), "row"),
    ],
)
def test_gradient_is_the_slope(loss, shape, target):
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=shape), rng.random(shape)
    if target == "row":
        y /= y.sum(axis=1, keepdims=True)
    _, gradient = loss(x, y)
    for _ in range(5):
        u = rng.normal(size=shape)
        assert np.sum(gradient * u) == pytest.approx(slope(lambda v: loss(v, y), x, u), rel=1e-8, abs=1e-9)


def test_squared_error_by_hand():
    """Rows miss by (1, −2) and (0, 3): (1 + 4 + 0 + 9) / 2."""
    loss, da = losses.squared_error(np.array([[1.0, -2.0], [0.0, 3.0]]), np.zeros((2, 2)))
    assert loss == 7.0
    np.testing.assert_array_equal(da, [[1.0, -2.0], [0.0, 3.0]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_arguments_stay_and_dtypes_are_kept(dtype):
    rng = np.random.default_rng(4)
    z, y = rng.normal(size=(2, 3, 4)).astype(dtype)
    z.setflags(write=False)
    y.setflags(write=False)
    assert losses.softmax(z).dtype == losses.sigmoid(z).dtype == dtype
    for loss, gradient in (
        losses.softmax_cross_entropy(z, y),
        losses.squared_error(z, y),
        losses.sigmoid_cross_entropy(z[0], y[0]),
    ):
        assert type(loss) is float
        assert gradient.dtype == dtype


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: losses.squared_error(np.ones(3), np.ones((3, 1))), ShapeError, r"y does not fit: got \(3, 1\)"),
        (lambda: losses.squared_error(np.ones((0, 2)), np.ones((0, 2))), ShapeError, "an empty batch has no mean"),
        (lambda: losses.sigmoid_cross_entropy(np.ones((3, 1)), np.ones((3, 1))), ShapeError, r"expected \(M,\)"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3)), [0, 3]), ShapeError, "labels from 0 to 3"),
        (lambda: losses.softmax_cross_entropy(np.ones((2, 3)), [-1, 0]), ShapeError, "labels from -1 to 0"),
        (lambda: losses.softmax_cross_entropy(np.ones((0, 3)), np.zeros(0, int)), ShapeError, "an empty batch"),
        (lambda: losses.softmax(np.ones((2, 0))), ShapeError, r"got \(2, 0\)"),
        (lambda: losses.sigmoid(np.ones(3, int)), DTypeError, "z cannot be used: got int64"),
        (lambda: losses.squared_error([1.0], np.ones(1)), DTypeError, "a cannot be used: got list"),
    ],
)
def test_refusals_say_what_came(call, error, message):
    with pytest.raises(error, match=message):
        call()
