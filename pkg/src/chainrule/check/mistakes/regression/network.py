"""Mistakes with the hidden layer, the softmax and the two networks (notes, section 1)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.regression.logistic import TEXTS as LOGISTIC
from chainrule.check.mistakes.regression.logistic import sigma
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Values = dict[str, Any]

TEXTS: Mapping[str, str] = {
    **LOGISTIC,
    "sigmoid-for-tanh": N_("this is the logistic function; f is tanh here"),
    "relu-for-tanh": N_("this is ReLU; f is tanh here"),
    "no-activation": N_("f is missing: without it the hidden layer is linear"),
    "tanh-prime": N_("this is the derivative of tanh, not tanh"),
    "tanh-prime-missing": N_("the derivative of tanh, 1 - h², is missing on the way back"),
    "tanh-prime-of-h": N_("the derivative of tanh is taken at h; with h = tanh(u) at hand it is 1 - h²"),
    "sigma-prime-for-tanh": N_("h (1 - h) is the derivative of the logistic function; that of tanh is 1 - h²"),
    "one-minus-h": N_("1 - h is not the derivative of tanh: square the h"),
    "output-weights-missing": N_("on the way back, the error must be multiplied by the output weights"),
    "hidden-bias-ignored": N_("the hidden layer's bias is left out"),
    "output-bias-ignored": N_("the output layer's bias is left out"),
    "hidden-gradient-zero": N_("the error never reaches the hidden layer"),
    "softmax-over-batch": N_("this normalises over the batch (axis 0); each row must add up to 1 (axis 1)"),
    "softmax-over-all": N_("this divides by the sum over the whole array; each row must add up to 1"),
    "softmax-minus": N_("the scores enter with the wrong sign"),
    "sigmoid-for-softmax": N_("this is the logistic function of each score; its rows do not add up to 1"),
    "log-softmax": N_("this is the logarithm of the softmax"),
    "shift-not-cancelled": N_("the shift appears above but not below the fraction line, so it does not cancel"),
    "scores-normalised": N_("the scores are divided by their sum; the exponential is missing"),
    "hard-max": N_("this is 1 at the maximum and 0 elsewhere; the softmax is soft"),
    "true-class-entry-only": N_(
        "only the entry of the true class has a gradient here; raising any other score hurts too"
    ),
    "diagonal-jacobian": N_(
        "only the diagonal of the softmax's derivative is used: a_k also depends on the other scores"
    ),
    "binary-entropy": N_("the terms (1 - y) ln(1 - a) belong to two-class problems with one output"),
    "argmin": N_("this is the least probable class"),
    "argmax-of-h": N_("the largest hidden unit is not the class; the output layer is missing"),
    "one-based": N_("classes are counted from 0"),
    "overflowed-softmax": N_(
        "a softmax without its shift turns large scores into nan, and argmax then picks the first nan"
    ),
    "shift-by-column": N_("the shift is the maximum of a column; it must be one number for all the scores of a row"),
    "softmax-twice": N_("the softmax is applied twice: the loss takes the scores z and contains it already"),
}


def _softmax(z: Array, axis: int | None = 1) -> Array:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=axis, keepdims=True))


def _normalised(e: Array) -> Array:
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def _entropy(z: Array, y: Array) -> Any:
    top = z.max(axis=1, keepdims=True)
    return np.mean(np.sum(y * (top - z + np.log(np.exp(z - top).sum(axis=1, keepdims=True))), axis=1))


def _multi(z: Array, y: Array, error: Callable[[Array, Array], Array] = np.subtract) -> Values:
    return {"loss": _entropy(z, y), "dz": error(_softmax(z), y) / len(y)}


def _back(x: Array, h: Array, dz: Array, weights: Array, slope: Callable[[Array], Any]) -> Values:
    """Gradients of the hidden layer from the error dz (M, K) and the output weights (H, K)."""
    dz_h = dz @ weights.T * slope(h)
    return {"W_h": x.T @ dz_h, "b_h": dz_h.sum(axis=0)}


def _tanh_slope(h: Array) -> Array:
    return 1 - h**2


def _binary(
    x: Array,
    y: Array,
    W_h: Array,
    b_h: Array,
    w_a: Array,
    b_a: float,
    *,
    f: Any = np.tanh,
    slope: Any = _tanh_slope,
    error: Any = np.subtract,
    through: Any = None,
) -> Values:
    """The two-class network, with another f, derivative of f, error or output weights on the way back."""
    h = f(x @ W_h + b_h)
    z = h @ w_a + b_a
    dz = error(sigma(z), y) / len(y)
    back = _back(x, h, dz[:, None], (w_a if through is None else through(w_a))[:, None], slope)
    return {"loss": np.mean(np.logaddexp(0, z) - y * z), "w_a": h.T @ dz, "b_a": dz.sum(), **back}


def _network(
    x: Array,
    y: Array,
    W_h: Array,
    b_h: Array,
    W_a: Array,
    b_a: Array,
    *,
    f: Any = np.tanh,
    slope: Any = _tanh_slope,
    error: Any = np.subtract,
    through: Any = None,
    squash: Any = None,
) -> Values:
    """The network for K classes, with the same switches."""
    h = f(x @ W_h + b_h)
    z = h @ W_a + b_a if squash is None else squash(h @ W_a + b_a)
    dz = error(_softmax(z), y) / len(y)
    back = _back(x, h, dz, W_a if through is None else through(W_a), slope)
    return {"loss": _entropy(z, y), "W_a": h.T @ dz, "b_a": dz.sum(axis=0), **back}


def _relu(u: Array) -> Array:
    return np.maximum(u, 0)


def _linear(u: Array) -> Array:
    return u


def _of_both(model: Callable[..., Values]) -> dict[str, Callable[..., Any]]:
    """Mistakes that the two networks share."""
    return {
        "tanh-prime-missing": lambda *args: model(*args, slope=np.ones_like),
        "tanh-prime-of-h": lambda *args: model(*args, slope=lambda h: 1 - np.tanh(h) ** 2),
        "sigma-prime-for-tanh": lambda *args: model(*args, slope=lambda h: h * (1 - h)),
        "one-minus-h": lambda *args: model(*args, slope=lambda h: 1 - h),
        "output-weights-missing": lambda *args: model(*args, through=np.ones_like),
        "hidden-gradient-zero": lambda *args: model(*args, through=np.zeros_like),
        "sigma-prime-extra": lambda *args: model(*args, error=lambda a, y: (a - y) * a * (1 - a)),
        "label-ignored": lambda *args: model(*args, error=lambda a, y: a),
        "no-activation": lambda *args: model(*args, f=_linear),
        "relu-for-tanh": lambda *args: model(*args, f=_relu),
        "sigmoid-for-tanh": lambda *args: model(*args, f=sigma, slope=lambda h: h * (1 - h)),
        "hidden-bias-ignored": lambda x, y, W, b, V, c: model(x, y, W, 0 * b, V, c),
        "output-bias-ignored": lambda x, y, W, b, V, c: model(x, y, W, b, V, 0 * c),
    }


def _labels(x: Array, W_h: Array, b_h: Array, W_a: Array, b_a: Array, *, f: Any = np.tanh) -> Any:
    return np.argmax(f(x @ W_h + b_h) @ W_a + b_a, axis=1)


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "hidden_layer": {
        "no-activation": lambda x, W, b: x @ W + b,
        "sigmoid-for-tanh": lambda x, W, b: sigma(x @ W + b),
        "relu-for-tanh": lambda x, W, b: _relu(x @ W + b),
        "tanh-prime": lambda x, W, b: 1 - np.tanh(x @ W + b) ** 2,
        "bias-ignored": lambda x, W, b: np.tanh(x @ W),
        "bias-sign": lambda x, W, b: np.tanh(x @ W - b),
        "bias-outside": lambda x, W, b: np.tanh(x @ W) + b,
        "first-row-only": lambda x, W, b: np.tanh(np.tile(x[:1], (len(x), 1)) @ W + b),
    },
    "binary_network_loss": _of_both(_binary),
    "softmax": {
        "softmax-over-batch": lambda z: _softmax(z, axis=0),
        "softmax-over-all": lambda z: _softmax(z, axis=None),
        "softmax-minus": lambda z: _softmax(-z),
        "shift-by-column": lambda z: _normalised(np.exp(z - z.max(axis=0))),
        "sigmoid-for-softmax": sigma,
        "log-softmax": lambda z: np.log(_softmax(z)),
        "base-2": lambda z: _softmax(z * np.log(2)),
        "shift-not-cancelled": lambda z: np.exp(z - z.max(1, keepdims=True)) / np.exp(z).sum(1, keepdims=True),
        "scores-normalised": lambda z: z / z.sum(axis=1, keepdims=True),
        "hard-max": lambda z: np.eye(z.shape[1])[z.argmax(axis=1)],
        "clipped": lambda z: _softmax(np.clip(z, -10, 10)),
    },
    "softmax_cross_entropy": {
        "label-ignored": lambda z, y: _multi(z, y, lambda a, y: a),
        "true-class-entry-only": lambda z, y: _multi(z, y, lambda a, y: y * (a - y)),
        "diagonal-jacobian": lambda z, y: (
            _multi(z, y, lambda a, y: (a - y) * a * (1 - a)) | {"dz": -y * (1 - _softmax(z)) / len(y)}
        ),
        "sigma-prime-extra": lambda z, y: _multi(z, y, lambda a, y: (a - y) * a * (1 - a)),
        "softmax-over-batch": lambda z, y: {"loss": -np.mean(np.sum(y * np.log(_softmax(z, axis=0)), axis=1))},
        "binary-entropy": lambda z, y: {
            "loss": -np.sum(y * np.log(_softmax(z)) + (1 - y) * np.log(1 - _softmax(z))) / len(y)
        },
        "log-offset": lambda z, y: {"loss": -np.sum(y * np.log(_softmax(z) + 1e-8)) / len(y)},
        "likelihood-not-log": lambda z, y: {"loss": -np.sum(y * _softmax(z)) / len(y)},
    },
    "network_loss": {**_of_both(_network), "softmax-twice": lambda *args: _network(*args, squash=_softmax)},
    "predict": {
        "output-bias-ignored": lambda x, W, b, V, c: _labels(x, W, b, V, 0 * c),
        "hidden-bias-ignored": lambda x, W, b, V, c: _labels(x, W, 0 * b, V, c),
        "overflowed-softmax": lambda x, W, b, V, c: np.argmax(_normalised(np.exp(np.tanh(x @ W + b) @ V + c)), axis=1),
        "argmin": lambda x, W, b, V, c: _labels(x, W, b, -V, -c),
        "no-activation": lambda *args: _labels(*args, f=_linear),
        "sigmoid-for-tanh": lambda *args: _labels(*args, f=sigma),
        "relu-for-tanh": lambda *args: _labels(*args, f=_relu),
        "argmax-of-h": lambda x, W, b, V, c: np.argmax(x @ W + b, axis=1),
        "one-based": lambda *args: _labels(*args) + 1,
        "first-row-only": lambda *args: np.full(len(args[0]), _labels(*args)[0]),
    },
}
