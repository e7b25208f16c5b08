"""Matrix products, bias and ReLU, softmax cross entropy: against loops, exact arithmetic and infinities."""

import math
from fractions import Fraction

import numpy as np
import pytest
from chainrule import ops
from geometries import THOROUGH, assert_close
from hypothesis import given
from hypothesis import strategies as st
from variants import ENVIRONMENTS

SIZES = st.integers(1, 9) | st.sampled_from([15, 16, 17, 31, 33, 64, 65, 130])


def product(a, b):
    """Row by row, column by column, summed exactly enough."""
    return np.array([[math.fsum(row * column) for column in b.T] for row in a]).reshape(len(a), b.shape[1])


@THOROUGH
@given(st.integers(0, 20), SIZES, SIZES, st.sampled_from(["float32", "float64"]), st.integers(0, 2**32 - 1))
def test_products_and_their_gradients(workers, M, D, K, dtype, seed):
    rng = np.random.default_rng(seed)
    x, w, delta = (rng.standard_normal(shape).astype(dtype) for shape in ((M, D), (D, K), (M, K)))
    wide = [a.astype(np.float64) for a in (x, w, delta)]
    expected = {
        ("dense", 0, 1): product(wide[0], wide[1]),
        ("dense_grad_input", 2, 1): product(wide[2], wide[1].T),
        ("dense_grad_weight", 0, 2): product(wide[0].T, wide[2]),
    }
    for name, worker in workers.items():
        if name != "without JIT" or M * D * K < 2000:
            for (operation, first, second), wanted in expected.items():
                arguments = (x, w, delta)
                assert_close(worker.call(operation, arguments[first], arguments[second]), wanted, dtype, operation)


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", [(5,), (3, 4), (2, 3, 4, 17), (0, 3), (100, 1), (1, 3, 0)])
def test_gradients_of_bias_and_relu(shape, dtype, variant, workers):
    call = workers[variant].call
    z, delta = np.random.default_rng(0).integers(-3, 4, (2, *shape)).astype(dtype)  # exact in every order
    dz, db = call("bias_relu_grad", delta, np.where(z > 0, z, 0))
    assert np.array_equal(dz, np.where(z > 0, delta, 0))
    assert np.array_equal(db, dz.reshape(-1, shape[-1]).sum(axis=0) if dz.size else np.zeros(shape[-1]))
    assert np.array_equal(call("bias_grad", delta), delta.reshape(-1, shape[-1]).sum(axis=0) if delta.size else db)


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [(1, 1, 1), (3, 2, 4), (30, 7, 17), (2, 0, 5), (0, 3, 2), (64, 3, 300), (5, 9, 64)])
def test_a_product_takes_bias_and_relu(size, dtype, variant, workers):
    call = workers[variant].call
    M, D, K = size
    rng = np.random.default_rng(0)
    x, w, b = (rng.integers(-3, 4, s).astype(dtype) for s in ((M, D), (D, K), K))  # exact in every order
    z = np.einsum("md,dk->mk", x, w) + b
    assert np.array_equal(call("dense", x, w, bias=b), z)
    assert np.array_equal(call("dense", x, w, bias=b, relu=True), np.where(z > 0, z, 0))
    assert np.array_equal(call("dense", x, w, relu=True), np.where(z - b > 0, z - b, 0))


@pytest.mark.parametrize("variant", ENVIRONMENTS)
def test_what_is_not_a_number_stays_one_through_relu_and_gets_no_gradient(variant, workers):
    call = workers[variant].call
    z = np.array([[np.nan, np.inf, -np.inf, -0.0, 0.0, 1.0]])
    a = call("dense", z.T, np.ones((1, 1)), bias=np.zeros(1), relu=True).T
    assert np.array_equal(a, [[np.nan, np.inf, 0, 0, 0, 1]], equal_nan=True)
    assert np.array_equal(call("conv2d", z.T[None, None], np.ones((1, 1, 1, 1)), relu=True)[0, 0].T, a, equal_nan=True)
    dz, db = call("bias_relu_grad", np.array([[5.0, 6.0, np.inf, np.nan, 7.0, np.nan]]), a)
    assert np.array_equal(dz, [[0, 6, 0, 0, 0, np.nan]], equal_nan=True)
    assert np.array_equal(db, dz[0], equal_nan=True)


def exact_softmax(row):
    """exp by its series in rational numbers, 40 digits and more."""
    top = max(row)
    powers = []
    for z in row:
        term = total = Fraction(1)
        for n in range(1, 200):
            term *= (Fraction(z) - Fraction(top)) / n
            total += term
        powers.append(total)
    return [p / sum(powers) for p in powers]


@pytest.mark.parametrize("variant", ENVIRONMENTS)
def test_softmax_cross_entropy_is_exact_to_the_last_digits(variant, workers):
    z = np.random.default_rng(3).uniform(-8, 8, (4, 5))
    labels = np.array([0, 4, 2, 2])
    losses, dz = workers[variant].call("softmax_cross_entropy", z, labels)
    for m, label in enumerate(labels):
        p = exact_softmax(z[m])
        assert losses[m] == pytest.approx(-math.log(p[label]), rel=1e-14)
        assert dz[m] == pytest.approx([float(v - (k == label)) for k, v in enumerate(p)], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("variant", ENVIRONMENTS)
def test_softmax_cross_entropy_at_the_ends_of_the_scale(variant, workers):
    call = workers[variant].call
    huge = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [0.0, -np.inf, 0.0]])
    losses, dz = call("softmax_cross_entropy", huge, np.array([[0.0, 1, 0], [0.5, 0.25, 0.25], [0.5, 0, 0.5]]))
    assert losses == pytest.approx([2e4, math.log(3), math.log(2)], rel=1e-14)
    assert dz == pytest.approx(np.array([[1, -1, 0], [-1 / 6, 1 / 12, 1 / 12], [0, 0, 0]]), abs=1e-15)
    losses, dz = call(
        "softmax_cross_entropy", np.array([[np.nan, 0.0], [np.inf, 0.0], [1.0, 0.0]]), np.array([0, 0, 0])
    )
    assert np.isnan(losses[:2]).all()
    assert np.isnan(dz[:2]).all()
    assert losses[2] == pytest.approx(math.log1p(math.exp(-1)), rel=1e-14)


def test_the_gradient_of_relu_may_replace_delta():
    delta, a = np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[0.5, 0.0], [0.0, 2.0]])
    dz, db = ops.bias_relu_grad(delta, a, out=delta)
    assert dz is delta
    assert delta.tolist() == [[1, 0], [0, 4]]
    assert db.tolist() == [1, 4]
