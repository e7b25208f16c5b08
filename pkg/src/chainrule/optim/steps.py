"""One step of each optimiser, as a pure function: θ and its state go in with a gradient, the new ones come out.

Every function reads `step(theta, *state, grad, lr, ...) -> (theta, *state)` (`sgd_step`, which has no state, returns θ
alone). State starts as zeros like θ; t counts the steps taken, from 0. No argument is changed, and dtypes are kept,
also where a rate or another setting is a NumPy number.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import DTypeError, ParameterError, ShapeError, explain

__all__ = [
    "Array",
    "adadelta_step",
    "adagrad_step",
    "momentum_step",
    "nesterov_lookahead",
    "nesterov_step",
    "rmsprop_step",
    "sgd_step",
]

Array = NDArray[np.floating[Any]]


def sgd_step(theta: Array, grad: Array, lr: float) -> Array:
    """θ − η ∇.

    Args:
        theta: any shape, float32 or float64.
        grad: like theta, the gradient of the mini-batch's mean loss.
        lr: η.

    Returns:
        θ, a new array like theta.

    Raises:
        ShapeError: grad and theta differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number.

    Source: notes, section 2; Robbins & Monro (1951), A stochastic approximation method, section 2.

    >>> sgd_step(np.array([1.0, 2.0]), np.array([10.0, -10.0]), lr=0.1)
    array([0., 3.])
    """
    check(theta, grad=grad)
    (lr,) = numbers(lr=lr)
    return np.asarray(theta - lr * grad)


def momentum_step(theta: Array, v: Array, grad: Array, lr: float, mu: float = 0.9) -> tuple[Array, Array]:
    """A heavy ball: v ← μ v − η ∇, then θ ← θ + v.

    Args:
        theta: any shape, float32 or float64.
        v: like theta, the velocity; zeros at the start.
        grad: like theta.
        lr: η.
        mu: μ, how much of the velocity stays.

    Returns:
        θ and v, new arrays like theta.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number.

    Source: Polyak (1964), Some methods of speeding up the convergence of iteration methods;
    Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum, equations 1 and 2.

    >>> theta, v = momentum_step(np.array([0.0]), np.array([1.0]), np.array([2.0]), lr=0.1, mu=0.9)
    >>> theta, v
    (array([0.7]), array([0.7]))
    """
    check(theta, v=v, grad=grad)
    lr, mu = numbers(lr=lr, mu=mu)
    v = np.asarray(mu * v - lr * grad)
    return np.asarray(theta + v), v


def nesterov_lookahead(theta: Array, v: Array, mu: float = 0.9) -> Array:
    """θ + μ v: where Nesterov's gradient is taken, before `momentum_step` uses it.

    The arguments are those of `momentum_step`.

    Returns:
        A new array like theta.

    Raises:
        ShapeError: theta and v differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number.

    Source: Sutskever, Martens, Dahl & Hinton (2013), equation 3.

    >>> nesterov_lookahead(np.array([1.0]), np.array([2.0]), mu=0.5)
    array([2.])
    """
    check(theta, v=v)
    (mu,) = numbers(mu=mu)
    return np.asarray(theta + mu * v)


def nesterov_step(theta: Array, v: Array, grad: Array, lr: float, mu: float = 0.9) -> tuple[Array, Array]:
    """Nesterov's momentum where θ is the look-ahead point itself: v ← μ v − η ∇, then θ ← θ + μ v − η ∇.

    A training loop has the gradient at its own parameters only. Renaming θ + μ v to θ turns Nesterov's method into
    this: the θ here are the look-ahead points of `nesterov_lookahead` followed by `momentum_step`.

    Args:
        grad: like theta, taken at theta.

    The other arguments are those of `momentum_step`.

    Returns:
        θ and v, new arrays like theta.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number.

    Source: Bengio, Boulanger-Lewandowski & Pascanu (2013), Advances in optimizing recurrent networks, equation 7.

    >>> theta, v = nesterov_step(np.array([0.0]), np.array([1.0]), np.array([2.0]), lr=0.25, mu=0.5)
    >>> theta, v
    (array([-0.5]), array([0.]))
    """
    check(theta, v=v, grad=grad)
    lr, mu = numbers(lr=lr, mu=mu)
    v = np.asarray(mu * v - lr * grad)
    return np.asarray(theta + mu * v - lr * grad), v


def adagrad_step(theta: Array, s: Array, grad: Array, lr: float, eps: float = 1e-10) -> tuple[Array, Array]:
    """A rate of its own for each entry: s ← s + ∇², then θ ← θ − η ∇ / (√s + ε).

    Args:
        theta: any shape, float32 or float64.
        s: like theta, the sum of squares so far; zeros at the start.
        grad: like theta.
        lr: η.
        eps: ε, keeps an entry that has had no gradient yet from 0 / 0.

    Returns:
        θ and s, new arrays like theta.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number.

    Source: Duchi, Hazan & Singer (2011), Adaptive subgradient methods, equation 1 (its diagonal).

    >>> theta, s = adagrad_step(np.array([1.0]), np.array([9.0]), np.array([4.0]), lr=0.5)
    >>> theta.round(6), s
    (array([0.6]), array([25.]))
    """
    check(theta, s=s, grad=grad)
    lr, eps = numbers(lr=lr, eps=eps)
    s = np.asarray(s + grad * grad)
    return np.asarray(theta - lr * grad / (np.sqrt(s) + eps)), s


def adadelta_step(
    theta: Array, s: Array, d: Array, grad: Array, lr: float = 1.0, rho: float = 0.9, eps: float = 1e-6
) -> tuple[Array, Array, Array]:
    """Steps in the units of θ: Δ = −∇ √(d + ε) / √(s + ε) with running means s of ∇² and d of Δ².

    s ← ρ s + (1 − ρ) ∇² comes before Δ, d ← ρ d + (1 − ρ) Δ² after it; θ ← θ + η Δ.

    Args:
        theta: any shape, float32 or float64.
        s: like theta, running mean of ∇²; zeros at the start.
        d: like theta, running mean of Δ²; zeros at the start.
        grad: like theta.
        lr: η, 1 in the paper.
        rho: ρ, how much of the old means stays.
        eps: ε; it also sets the size of the first step, √(ε / (1 − ρ)) at most.

    Returns:
        θ, s and d, new arrays like theta.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number.

    Source: Zeiler (2012), ADADELTA, algorithm 1 and equation 14.

    >>> zero = np.zeros(1)
    >>> theta, s, d = adadelta_step(zero, zero, zero, np.array([2.0]), rho=0.5, eps=2.0)
    >>> theta, s, d
    (array([-1.41421356]), array([2.]), array([1.]))
    """
    check(theta, s=s, d=d, grad=grad)
    lr, rho, eps = numbers(lr=lr, rho=rho, eps=eps)
    s = np.asarray(rho * s + (1 - rho) * grad * grad)
    step = -grad * np.sqrt(d + eps) / np.sqrt(s + eps)
    d = np.asarray(rho * d + (1 - rho) * step * step)
    return np.asarray(theta + lr * step), s, d


def rmsprop_step(
    theta: Array, s: Array, grad: Array, lr: float, rho: float = 0.9, eps: float = 1e-8
) -> tuple[Array, Array]:
    """AdaGrad that forgets: s ← ρ s + (1 − ρ) ∇², then θ ← θ − η ∇ / (√s + ε).

    Args:
        theta: any shape, float32 or float64.
        s: like theta, running mean of ∇²; zeros at the start.
        grad: like theta.
        lr: η.
        rho: ρ, how much of the old mean stays.
        eps: ε, outside the root.

    Returns:
        θ and s, new arrays like theta.

    Raises:
        ShapeError: the arrays differ in shape.
        DTypeError: integers, or two kinds of float.
        ParameterError: a setting is not one real number.

    Source: Tieleman & Hinton (2012), COURSERA: Neural networks for machine learning, lecture 6.5.

    >>> theta, s = rmsprop_step(np.array([1.0]), np.array([7.0]), np.array([1.0]), lr=0.5, rho=0.5)
    >>> theta.round(6), s
    (array([0.75]), array([4.]))
    """
    check(theta, s=s, grad=grad)
    lr, rho, eps = numbers(lr=lr, rho=rho, eps=eps)
    s = np.asarray(rho * s + (1 - rho) * grad * grad)
    return np.asarray(theta - lr * grad / (np.sqrt(s) + eps)), s


def numbers(**settings: float) -> tuple[float, ...]:
    """The settings as Python's floats: with a NumPy float64 among them, float32 arrays would turn into float64."""
    for name, value in settings.items():
        if np.ndim(value) or np.asarray(value).dtype.kind not in "biuf":
            raise ParameterError(
                explain(
                    f"{name} is no number",
                    got=f"an array of shape {np.shape(value)}" if np.ndim(value) else repr(value),
                    expected="one real number for all entries",
                    fix=f"pass {name} as a float",
                )
            )
    return tuple(float(value) for value in settings.values())


def counted(t: int) -> int:
    """The number of the step that is taken now, after t steps; a Python int, for the same reason."""
    (steps,) = numbers(t=t)
    if steps < 0 or not steps.is_integer():
        raise ParameterError(
            explain("t counts steps", got=t, expected="a whole number, 0 or more", fix="pass the t of the step before")
        )
    return int(steps) + 1


def check(theta: Array, **others: Array) -> None:
    """All arrays hold the same kind of float in the same shape: nothing is broadcast, nothing rounded to integers."""
    arrays: dict[str, Any] = {"theta": theta, **others}
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.dtype not in (np.float32, np.float64):
            raise DTypeError(
                explain(
                    f"{name} cannot be stepped",
                    got=getattr(array, "dtype", type(array).__name__),
                    expected="a NumPy array of float32 or float64",
                    fix=f"np.asarray({name}, dtype=np.float64)",
                )
            )
        if array.dtype != theta.dtype:
            raise DTypeError(
                explain(
                    f"{name} and theta hold different floats",
                    got=array.dtype,
                    expected=theta.dtype,
                    fix=f"{name}.astype(theta.dtype)",
                )
            )
        if array.shape != theta.shape:
            raise ShapeError(
                explain(
                    f"{name} and theta differ in shape",
                    got=array.shape,
                    expected=theta.shape,
                    fix="keep one state and one gradient for each parameter",
                )
            )
