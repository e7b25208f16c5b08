"""The checker itself: it must see a gradient that is wrong by 0.05 %, and leave right ones alone."""

import numpy as np
import pytest
from chainrule.errors import DTypeError, ParameterError, ShapeError
from chainrule.gradcheck import compare_entries, directional_error, numerical_gradient, spaced


def quartic(x):
    return float(np.sum(x**4) + np.sum(x[0] * x[1]))


def quartic_gradient(x):
    gradient = 4 * x**3
    gradient[0] += x[1]
    gradient[1] += x[0]
    return gradient


def test_central_differences_match_a_derivative_done_by_hand():
    x = spaced(np.random.default_rng(0), 3, 4)
    assert np.allclose(numerical_gradient(quartic, x), quartic_gradient(x), rtol=1e-7)


def test_right_gradients_are_never_refused():
    for seed in range(200):
        rng = np.random.default_rng(seed)
        x = spaced(rng, 3, 4)
        assert directional_error(quartic, quartic_gradient(x), x, rng) < 1e-7


@pytest.mark.parametrize("error", [1e-3, 5e-4, -5e-4])
def test_a_gradient_that_is_wrong_by_a_twentieth_of_a_percent_is_seen(error):
    for seed in range(200):
        rng = np.random.default_rng(seed)
        x = spaced(rng, 3, 4)
        assert directional_error(quartic, (1 + error) * quartic_gradient(x), x, rng) > 1e-6


def test_a_single_entry_that_is_wrong_by_a_tenth_of_a_percent_is_seen_wherever_it_is():
    x = spaced(np.random.default_rng(0), 3, 4)
    for index in np.ndindex(x.shape):
        wrong = quartic_gradient(x)
        wrong[index] *= 1.001
        assert directional_error(quartic, wrong, x, np.random.default_rng(1)) > 1e-7
        compared = compare_entries(wrong, numerical_gradient(quartic, x))
        assert compared.index == index
        assert compared.wrong == 1


def test_tiny_gradients_are_judged_by_their_own_size():
    def f(x):
        return 1e-3 * quartic(x)

    x = spaced(np.random.default_rng(0), 3, 4)
    assert directional_error(f, 1e-3 * quartic_gradient(x), x, np.random.default_rng(1)) < 1e-6
    assert directional_error(f, 1.001e-3 * quartic_gradient(x), x, np.random.default_rng(1)) > 1e-6


def test_spaced_inputs_keep_clear_of_kinks_where_zeros_do_not():
    """At a kink central differences give the mean of both slopes, which is no gradient of ReLU."""

    def relu_sum(x):
        return float(np.maximum(x, 0).sum())

    at_kink = np.zeros(3)
    assert directional_error(relu_sum, (at_kink >= 0) * 1.0, at_kink, np.random.default_rng(0)) > 0.1
    for seed in range(100):
        for shape in ((1,), (3,), (4, 4), (3, 5), (7, 11, 2)):
            x = spaced(np.random.default_rng(seed), *shape)
            assert np.abs(x).min() > 1e-3
            assert x.size == 1 or np.diff(np.sort(x, axis=None)).min() > 1e-3
            assert directional_error(relu_sum, (x >= 0) * 1.0, x, np.random.default_rng(seed)) < 1e-6


def test_single_precision_is_refused_because_it_cannot_resolve_the_step():
    with pytest.raises(DTypeError, match="float64"):
        numerical_gradient(lambda x: float(x.sum()), np.ones(3, np.float32))


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ShapeError, match=r"\(3,\)"):
        directional_error(lambda x: float(x.sum()), np.ones(3), np.ones((3, 1)), np.random.default_rng(0))


def test_what_is_not_finite_never_agrees():
    assert not compare_entries([np.nan, 1.0], [np.nan, 1.0]).passed
    assert not compare_entries([np.inf], [np.inf]).passed
    assert directional_error(lambda x: float(x.sum()), [np.nan], np.ones(1), np.random.default_rng(0)) == np.inf


def test_a_comparison_names_the_worst_entry():
    compared = compare_entries([[1.0, 2.0], [3.5, 4.1]], [[1.0, 2.0], [3.0, 4.0]])
    assert str(compared) == "2 of 4 entries differ; worst at (1, 0): got 3.5, expected 3"
    assert str(compare_entries([1.0], [1.0])) == "all 1 entries agree"


def test_two_errors_that_add_up_to_nothing_do_not_cancel():
    slope = np.array([0.3, -0.7])
    for seed in range(200):
        rng = np.random.default_rng(seed)
        wrong = slope + np.array([1e-2, -1e-2])  # a softmax's bias of two classes can be wrong in no other way
        assert directional_error(lambda x: float(x @ slope), wrong, np.zeros(2), rng) > 1e-6


def single(x):
    return x.astype(np.float32)


COARSE = {
    "float32 returned": lambda x: (single(x) ** 2).sum(),
    "float32 inside, a Python float returned": lambda x: float((single(x) ** 2).sum()),
    "float32 at the end": lambda x: np.float32((x * x).sum()),
    "float16": lambda x: np.float16((x * x).sum()),
    "an array without axes": lambda x: np.array((x * x).sum(), np.float32),
}


@pytest.mark.parametrize("name", COARSE)
def test_a_function_that_computes_in_single_precision_is_refused(name):
    x = np.array([1.0, 2.0])
    with pytest.raises(DTypeError, match="f has too few digits for differences"):
        numerical_gradient(COARSE[name], x)
    with pytest.raises(DTypeError, match="f has too few digits for differences"):
        directional_error(COARSE[name], 2 * x, x, np.random.default_rng(0))


EXACT = {
    "constant": (lambda x: 3.0, [0.0, 0.0]),
    "whole number of Python": (lambda x: 3, [0.0, 0.0]),
    "one entry is not used": (lambda x: float(x[0]) / 3, [1 / 3, 0.0]),
    "one number in an array": (lambda x: np.array([x.sum()]), [1.0, 1.0]),
}


@pytest.mark.parametrize("name", EXACT)
def test_a_function_whose_values_happen_to_be_short_is_not_refused(name):
    f, expected = EXACT[name]
    np.testing.assert_allclose(numerical_gradient(f, np.array([1.0, 2.0])), expected, atol=1e-9)


def test_a_step_that_float32_has_too_says_nothing_about_the_function():
    """2 ± 2⁻¹⁰ and three times that are numbers of float32, whatever f computes in."""
    np.testing.assert_array_equal(numerical_gradient(lambda x: float(3 * x[0]), [2.0], h=2.0**-10), [3.0])


@pytest.mark.parametrize("h", [0.0, -1e-5, np.nan, np.inf])
def test_a_step_that_is_none_is_refused(h):
    with pytest.raises(ParameterError, match="h is no step"):
        numerical_gradient(lambda x: float(x.sum()), np.ones(2), h=h)


@pytest.mark.parametrize("large", [1e12, np.inf])
def test_a_step_that_is_lost_beside_x_is_refused(large):
    """The quotient would be 0, for any function."""
    x = np.array([1.0, large])
    with pytest.raises(ParameterError, match="h is lost beside x"):
        numerical_gradient(lambda x: float(x.sum()), x)
    with pytest.raises(ParameterError, match="h is lost beside x"):
        directional_error(lambda x: float(x.sum()), np.ones(2), x, np.random.default_rng(0))


@pytest.mark.parametrize(("f", "error"), [(lambda x: x, ShapeError), (lambda x: None, DTypeError)])
def test_what_is_no_number_is_refused(f, error):
    with pytest.raises(error):
        numerical_gradient(f, np.ones(2))


def test_the_point_itself_is_out_of_the_functions_reach():
    def f(x):
        x *= 2
        return float(x.sum())

    x = np.ones(2)
    assert directional_error(f, np.full(2, 2.0), x, np.random.default_rng(0)) < 1e-8
    assert x.tolist() == [1.0, 1.0]
