"""Mistakes with the logistic function, the linear model and its three objectives (notes, section 1)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS", "sigma"]

Array = NDArray[np.float64]
Values = dict[str, Any]

TEXTS: Mapping[str, str] = {
    "identity": N_("the argument comes back unchanged"),
    "tanh-for-sigmoid": N_("this is tanh, which runs from -1 to 1; the logistic function runs from 0 to 1"),
    "sigmoid-prime": N_("this is the derivative of the logistic function, not the function"),
    "base-2": N_("this is a power of 2; the exponential needs the base e (np.exp)"),
    "step": N_("the activation is rounded to 0 or 1; that is a perceptron's step, and it has no useful gradient"),
    "missing-one": N_("the 1 in the denominator is missing"),
    "clipped": N_("the scores are clipped, so that large ones get a wrong value; rearrange the formula instead"),
    "zero-left-out": N_("z = 0 belongs to neither of the two cases"),
    "softmax-for-sigmoid": N_("this divides by a sum over all entries; each entry stands for itself here"),
    "score-not-activation": N_("this is the score z; the sigmoid is missing"),
    "bias-ignored": N_("the bias is left out"),
    "bias-sign": N_("the bias is subtracted"),
    "bias-outside": N_("the bias is added after the activation; it belongs inside"),
    "first-row-only": N_("only the first row of the batch is used"),
    "two-inputs-only": N_("only the first two inputs count; the number of inputs must come from the shape of x"),
    "sigma-prime-missing": N_("the factor σ'(z) = a (1 - a) is missing: the loss depends on z through a"),
    "sigma-prime-extra": N_("a factor σ'(z) too much: in the cross entropy it cancels"),
    "sigma-prime-of-a": N_("σ' is taken at a; it must be taken at z"),
    "absolute-error": N_("this is the absolute error, not its square"),
    "root": N_("this is the square root of the mean; the loss is the mean square itself"),
    "label-ignored": N_("the label is not subtracted: the error is a - y"),
    "labels-swapped": N_("the two classes are swapped: y belongs to ln a, 1 - y to ln(1 - a)"),
    "true-class-term-only": N_("the term of the class 0, (1 - y) ln(1 - a), is missing"),
    "false-class-term-only": N_("the term of the class 1, y ln a, is missing"),
    "log-offset": N_("ln(a + ε) is not ln a: a large loss is cut off; compute it from z"),
    "clipped-probability": N_("the probability is clipped before its logarithm, which cuts a large loss off"),
    "cases-misplaced": N_("two cases of a formula meet at the wrong place: try scores on both sides of 0"),
    "inputs-averaged": N_("each row of x must be weighted with its own error before the mean is taken"),
    "broadcast": N_("a column (M, 1) against a row (M,) makes a table M × M: every row meets every label"),
    "likelihood-not-log": N_("this is a product or mean of probabilities; the logarithm is missing"),
    "log-of-mean": N_("this is the logarithm of a mean; the mean of the logarithms is meant"),
    "accuracy": N_("this counts right answers; the likelihood wants their probabilities"),
}


def sigma(z: Array) -> Array:
    """The logistic function without overflow."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def _squared(x: Array, y: Array, w: Array, b: float, *, error: Any = None, slope: Any = None) -> Values:
    """Squared loss, with another error or another derivative of the activation."""
    a = sigma(x @ w + b)
    dz = 2 * (a - y if error is None else error(a, y)) * (a * (1 - a) if slope is None else slope(a)) / len(y)
    return {"loss": np.mean((y - a) ** 2), "dw": x.T @ dz, "db": dz.sum()}


def _entropy(x: Array, y: Array, w: Array, b: float, *, error: Any = None, x_back: Any = None) -> Values:
    """Cross entropy, with another error or another input on the way back."""
    z = x @ w + b
    dz = (sigma(z) - y if error is None else error(sigma(z), y)) / len(y)
    return {
        "loss": np.mean(np.logaddexp(0, z) - y * z),
        "dw": (x if x_back is None else x_back(x)).T @ dz,
        "db": dz.sum(),
    }


def _log_p(x: Array, y: Array, w: Array, b: float) -> Array:
    """ln p of each row."""
    return -np.logaddexp(0, (1 - 2 * y) * (x @ w + b))


def _table(x: Array, y: Array, w: Array, b: float) -> Array:
    """a_i - y_j of every row with every label."""
    return sigma(x @ w + b)[:, None] - y[None, :]


def _offset(x: Array, y: Array, w: Array, b: float, *, eps: float) -> Any:
    a = sigma(x @ w + b)
    return np.mean(-y * np.log(a + eps) - (1 - y) * np.log(1 - a + eps))


def _clipped(x: Array, y: Array, w: Array, b: float) -> Any:
    a = np.clip(sigma(x @ w + b), 1e-12, 1 - 1e-12)
    return np.mean(-y * np.log(a) - (1 - y) * np.log(1 - a))


def _misplaced(x: Array, y: Array, w: Array, b: float) -> Any:
    z = x @ w + b
    return np.mean(np.where(z > 1, z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z)


def _mean(rows: Array) -> Array:
    return np.broadcast_to(rows.mean(axis=0), rows.shape)


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "sigmoid": {
        "identity": lambda z: z,
        "tanh-for-sigmoid": np.tanh,
        "sigmoid-prime": lambda z: sigma(z) * (1 - sigma(z)),
        "base-2": lambda z: sigma(z * np.log(2)),
        "step": lambda z: (z > 0) * 1.0,
        "missing-one": np.exp,
        "zero-left-out": lambda z: np.where(z == 0, 0, sigma(z)),
        "softmax-for-sigmoid": lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
        "clipped": lambda z: sigma(np.clip(z, -10, 10)),
    },
    "logistic_forward": {
        "score-not-activation": lambda x, w, b: x @ w + b,
        "bias-ignored": lambda x, w, b: sigma(x @ w),
        "bias-sign": lambda x, w, b: sigma(x @ w - b),
        "bias-outside": lambda x, w, b: sigma(x @ w) + b,
        "tanh-for-sigmoid": lambda x, w, b: np.tanh(x @ w + b),
        "step": lambda x, w, b: (x @ w + b > 0) * 1.0,
        "first-row-only": lambda x, w, b: np.full(len(x), sigma(x[0] @ w + b)),
        "two-inputs-only": lambda x, w, b: sigma(x[:, :2] @ w[:2] + b),
    },
    "squared_loss": {
        "sigma-prime-missing": lambda *args: _squared(*args, slope=lambda a: 1.0),
        "sigma-prime-of-a": lambda *args: _squared(*args, slope=lambda a: sigma(a) * (1 - sigma(a))),
        "label-ignored": lambda *args: _squared(*args, error=lambda a, y: a),
        "absolute-error": lambda x, y, w, b: {"loss": np.abs(_table(x, y, w, b).diagonal()).mean()},
        "root": lambda *args: {"loss": np.sqrt(_squared(*args)["loss"])},
        "bias-ignored": lambda x, y, w, b: _squared(x, y, w, 0.0),
        "broadcast": lambda x, y, w, b: {"loss": np.mean(_table(x, y, w, b) ** 2)},
        "inputs-averaged": lambda x, y, w, b: (
            _squared(_mean(x), y, w, b) | {"dw": _squared(x, y, w, b)["db"] * x.mean(0)}
        ),
    },
    "cross_entropy_loss": {
        "sigma-prime-extra": lambda *args: _entropy(*args, error=lambda a, y: (a - y) * a * (1 - a)),
        "label-ignored": lambda *args: _entropy(*args, error=lambda a, y: a),
        "labels-swapped": lambda x, y, w, b: _entropy(x, 1 - y, w, b),
        "true-class-term-only": lambda x, y, w, b: {"loss": np.mean(-y * _log_p(x, y, w, b))},
        "false-class-term-only": lambda x, y, w, b: {"loss": np.mean((y - 1) * _log_p(x, y, w, b))},
        "bias-ignored": lambda x, y, w, b: _entropy(x, y, w, 0.0),
        "log-offset": lambda *args: {"loss": _offset(*args, eps=1e-8)},
        "clipped-probability": lambda *args: {"loss": _clipped(*args)},
        "cases-misplaced": lambda *args: {"loss": _misplaced(*args)},
        "inputs-averaged": lambda *args: _entropy(*args, x_back=_mean),
        "broadcast": lambda x, y, w, b: {"loss": np.mean(np.logaddexp(0, x @ w + b)) - y.mean() * (x @ w + b).mean()},
    },
    "log_likelihood": {
        "likelihood-not-log": lambda *args: np.exp(_log_p(*args)).mean(),
        "log-of-mean": lambda *args: np.log(np.exp(_log_p(*args)).mean()),
        "labels-swapped": lambda x, y, w, b: _log_p(x, 1 - y, w, b).mean(),
        "true-class-term-only": lambda x, y, w, b: np.mean(y * _log_p(x, y, w, b)),
        "false-class-term-only": lambda x, y, w, b: np.mean((1 - y) * _log_p(x, y, w, b)),
        "bias-ignored": lambda x, y, w, b: _log_p(x, y, w, 0.0).mean(),
        "accuracy": lambda x, y, w, b: np.mean((x @ w + b > 0) == y),
        "log-offset": lambda *args: -_offset(*args, eps=1e-8),
    },
}
