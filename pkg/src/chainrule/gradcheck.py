"""Analytic gradients against central differences.

`numerical_gradient` is the slow truth. `directional_error` compares a whole gradient with it at the price of two calls
for each random direction; `compare_entries` finds the entries that differ. A gradient check shows that a gradient fits
its forward, not that the forward is right.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import DTypeError, ParameterError, ShapeError, explain

__all__ = ["Comparison", "compare_entries", "directional_error", "numerical_gradient", "spaced"]

Scalar = Callable[[NDArray[np.float64]], float]

_COMPUTE = "compute in float64 inside f, parameters and constants included"


@dataclass(frozen=True)
class Comparison:
    """Outcome of an entrywise comparison; `index`, `got` and `expected` belong to the worst entry."""

    passed: bool
    index: tuple[int, ...]
    got: float
    expected: float
    wrong: int
    size: int

    def __str__(self) -> str:
        """One line that names the worst entry."""
        if self.passed:
            return f"all {self.size} entries agree"
        return (
            f"{self.wrong} of {self.size} entries differ; "
            f"worst at {self.index}: got {self.got:.9g}, expected {self.expected:.9g}"
        )


def numerical_gradient(f: Scalar, x: ArrayLike, h: float = 1e-5) -> NDArray[np.float64]:
    """Central differences (f(x + h e_i) - f(x - h e_i)) / 2h of a scalar function, entry by entry.

    Args:
        f: takes an array like x and returns a number.
        x: any shape, floating; it is not changed.
        h: half of the distance between the two points.

    Returns:
        float64, same shape as x; the error is about h² f‴/6 + 1e-16 |f| / h.

    Raises:
        DTypeError: x is not float64, or f computes in less: single precision cannot resolve a step of h.
        ShapeError: f returns more than one number.
        ParameterError: h is not positive, or so small that x + h is x.

    Source: notes, section 4; Press et al., Numerical Recipes, 5.7.

    >>> numerical_gradient(lambda x: float(x @ x), np.array([1.0, -2.0])).round(6)
    array([ 2., -4.])
    """
    x = _float64(x)
    _check_step(x, h)
    above, below = np.empty_like(x), np.empty_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        above[index], below[index] = _value(f, x + step), _value(f, x - step)
    # where x ± h needs no more digits than float32 has, a float64 f may give such values too
    _refuse_single(above, below, judged=~(_is_single(x + h) | _is_single(x - h)))
    return (above - below) / (2 * h)


def directional_error(
    f: Scalar, gradient: ArrayLike, x: ArrayLike, rng: np.random.Generator, directions: int = 3, h: float = 1e-5
) -> float:
    """Largest relative gap between <gradient, u> and the slope of f along u, over random directions u.

    A direction's entries have either sign and a size between 0.5 and 1.5: no entry of the gradient can hide, and errors
    that add up to 0, such as those of a softmax's bias, do not cancel as they would for entries of ±1.

    Args:
        f: takes an array like x and returns a number.
        gradient: what is claimed, the shape of x.
        x: float64, the point.
        rng: draws the directions.
        directions: how many.
        h: half of the distance between the two points.

    Returns:
        max |claimed - slope| / max(|slope|, |gradient|, 1e-3 |f|, 1e-3); about 1e-9 for a right gradient of a smooth f.

    Raises:
        ShapeError: gradient and x differ in shape, or f returns more than one number.
        DTypeError: x is not float64, or f computes in less.
        ParameterError: h is not positive, or so small that x + h is x.

    Source: checks of adjoint code, e.g. Griewank & Walther, Evaluating Derivatives, section 3.2 (the dot-product test).

    >>> x = np.array([1.0, 2.0, 3.0])
    >>> directional_error(lambda x: float(x @ x), 2 * x, x, np.random.default_rng(0)) < 1e-8
    True
    >>> directional_error(lambda x: float(x @ x), 2.002 * x, x, np.random.default_rng(0)) > 1e-4
    True
    """
    x, claimed = _float64(x), np.asarray(gradient, dtype=np.float64)
    _same_shape(claimed, x)
    _check_step(x, h / 2)  # the smallest entry of a direction is 0.5
    # Rounding in f costs about 1e-16 |f| / h in the slope: below the floor a gap means nothing.
    scale = max(float(np.abs(claimed).max(initial=0.0)), 1e-3 * max(1.0, abs(_value(f, x.copy()))))
    worst = 0.0
    for _ in range(directions):
        u = rng.choice(np.array([-1.0, 1.0]), size=x.shape) * rng.uniform(0.5, 1.5, size=x.shape)
        above, below = _value(f, x + h * u), _value(f, x - h * u)
        _refuse_single(np.array(above), np.array(below), judged=np.array(x.size > 0))
        slope = (above - below) / (2 * h)
        error = abs(float(np.sum(claimed * u)) - slope) / max(abs(slope), scale)
        worst = max(worst, error if np.isfinite(error) else np.inf)
    return worst


def compare_entries(got: ArrayLike, expected: ArrayLike, rtol: float = 1e-6, atol: float = 1e-8) -> Comparison:
    """Entry by entry: |got - expected| <= atol + rtol |expected|; an entry that is not finite never agrees.

    Args:
        got: any shape.
        expected: same shape.
        rtol: share of the expected value that may be missing.
        atol: what may be missing where the expected value is 0.

    Returns:
        a Comparison that carries the worst entry.

    Raises:
        ShapeError: the shapes differ.

    >>> print(compare_entries([1.0, 2.5], [1.0, 2.0]))
    1 of 2 entries differ; worst at (1,): got 2.5, expected 2
    """
    a, b = np.asarray(got, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    _same_shape(a, b)
    if a.size == 0:
        return Comparison(True, (), 0.0, 0.0, 0, 0)
    with np.errstate(all="ignore"):
        excess = np.abs(a - b) - (atol + rtol * np.abs(b))
    excess = np.where(np.isfinite(excess), excess, np.inf)
    flat = int(np.argmax(excess))
    index = tuple(int(i) for i in np.unravel_index(flat, a.shape))
    wrong = int(np.count_nonzero(excess > 0))
    return Comparison(wrong == 0, index, float(a.flat[flat]), float(b.flat[flat]), wrong, a.size)


def spaced(rng: np.random.Generator, *shape: int, low: float = -2.0, high: float = 2.0) -> NDArray[np.float64]:
    """Shuffled, evenly spaced values: no ties and no zero, so no kink of ReLU, max or abs lies within a step of h.

    Args:
        rng: shuffles.
        shape: of the result.
        low: smallest value.
        high: largest value.

    Returns:
        float64; neighbouring values are (high - low) / size apart, 0 lies between two of them.

    >>> x = spaced(np.random.default_rng(0), 3, 4)
    >>> bool(np.diff(np.sort(x, axis=None)).min() > 0.1), bool(np.abs(x).min() > 0.1)
    (True, True)
    """
    size = int(np.prod(shape))
    step = (high - low) / max(size, 1)
    values = low + step * (np.arange(size) + 0.5)
    if size and np.abs(values).min() < step / 4:
        values += step / 2 - np.abs(values).min()
    return rng.permutation(values).reshape(shape)


def _float64(x: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(x)
    if array.dtype != np.float64:
        raise DTypeError(
            explain(
                "differences need double precision", got=array.dtype, expected="float64", fix="x.astype(np.float64)"
            )
        )
    return array


def _check_step(x: NDArray[np.float64], h: float) -> None:
    if not 0 < h < np.inf:
        raise ParameterError(explain("h is no step", got=h, expected="a positive number", fix="pass 1e-5"))
    lost = (x + h == x) | (x - h == x)
    if lost.any():
        raise ParameterError(
            explain(
                "h is lost beside x",
                got=f"h = {h:g} at an entry of {x[lost].flat[0]:g}",
                expected="x + h that differs from x",
                fix="scale x to about 1, or pass a larger h",
            )
        )


def _value(f: Scalar, x: NDArray[np.float64]) -> float:
    """f(x), of which double precision is asked."""
    value = np.asarray(f(x))
    if value.size != 1:
        raise ShapeError(
            explain(
                "f must return one number", got=f"shape {value.shape}", expected="a number", fix="sum or average it"
            )
        )
    if value.dtype.kind not in "biuf" or value.dtype in (np.float16, np.float32):
        raise DTypeError(
            explain("f has too few digits for differences", got=value.dtype, expected="float64", fix=_COMPUTE)
        )
    return float(value.item())


def _is_single(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether values are numbers of float32."""
    with np.errstate(all="ignore"):
        return np.asarray(values.astype(np.float32) == values)


def _refuse_single(above: NDArray[np.float64], below: NDArray[np.float64], judged: NDArray[np.bool_]) -> None:
    """Refuse an f that rounds to float32 somewhere inside.

    Of the numbers of float64 one in 2²⁹ is also one of float32: if f moves and all its values are, it is no accident.
    """
    moves = judged & (above != below)
    if moves.any() and (_is_single(above) & _is_single(below))[moves].all():
        raise DTypeError(
            explain(
                "f has too few digits for differences",
                got="only numbers of float32",
                expected="float64 throughout",
                fix=_COMPUTE,
            )
        )


def _same_shape(got: NDArray[np.float64], expected: NDArray[np.float64]) -> None:
    if got.shape != expected.shape:
        raise ShapeError(
            explain(
                "gradient and argument differ in shape",
                got=got.shape,
                expected=expected.shape,
                fix="return one number for each entry of the argument",
            )
        )
