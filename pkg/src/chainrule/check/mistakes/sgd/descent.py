"""Mistakes with gradients of least squares, plain steps and momentum (notes, section 2)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Values = dict[str, Any]

TEXTS: Mapping[str, str] = {
    "label-ignored": N_("y is not subtracted: the error of a row is x·θ - y"),
    "input-missing": N_("the error is not multiplied by x: ∇L = (x·θ - y) x, by the chain rule"),
    "inputs-averaged": N_("each row of x must be weighted with its own error before the mean is taken"),
    "broadcast": N_("a column (N, 1) against a row (N,) makes a table N × N: every row meets every y"),
    "first-row-only": N_("only the first row is used"),
    "three-only": N_("the number of parameters is written into the function; it must come from the shape of x"),
    "absolute-error": N_("this is the gradient of |x·θ - y|, not of its half square"),
    "divided-by-n": N_("the sum is over the rows of the batch, but it is divided by the number of all rows"),
    "sum-over-batch": N_("this is the sum over the batch; the estimate is its mean (divide by the length of index)"),
    "batch-mean-twice": N_("it is divided by the length of index twice"),
    "index-ignored": N_("this is the full gradient: index is not used"),
    "first-rows": N_("these are the first rows; the rows that index names are meant"),
    "repeats-once": N_("a row that index names twice must count twice"),
    "rows-apart": N_("x and y are taken in different orders: row i of x belongs to entry i of y"),
    "labels-of-first-rows": N_("y is taken from the first rows; entry i of y belongs to row i of x"),
    "index-range": N_("index is a list of rows, not the ends of a range"),
    "ascent": N_("this goes uphill: the gradient is subtracted"),
    "rate-missing": N_("the learning rate is left out"),
    "rate-divides": N_("this divides by the learning rate"),
    "rate-fixed": N_("the learning rate is a fixed number here; it must be the argument lr"),
    "step-only": N_("this is the step alone; it has to be added to θ"),
    "sign-of-gradient": N_("only the sign of the gradient is used; its size counts, too"),
    "normalised": N_("the gradient is scaled to length 1; its length counts, too"),
    "gradient-averaged": N_("every entry moves by the mean of the gradient; each has its own"),
    "rate-subtracted": N_("the learning rate is subtracted; it multiplies the gradient"),
    "multiplied": N_("the step is multiplied with θ; it is added"),
    "velocity-sign": N_("θ moves against the velocity: v already points downhill, so θ + v"),
    "velocity-negated": N_("the velocity has the wrong sign: it points along -∇, v ← μ v - η ∇"),
    "dampened": N_("a factor 1 - μ too much: this momentum has no dampening"),
    "velocity-without-rate": N_("the learning rate belongs inside the velocity: v ← μ v - η ∇"),
    "old-velocity": N_("θ moves with the old velocity; take the new one"),
    "velocity-reset": N_("the old velocity is forgotten"),
    "mu-missing": N_("the old velocity is not multiplied by μ: without friction it never comes to rest"),
    "mu-on-gradient": N_("μ multiplies the gradient, too; it belongs to the old velocity alone"),
    "mu-swapped": N_("μ and 1 - μ are swapped"),
    "nesterov-instead": N_("this is Nesterov's step; plain momentum moves by v"),
    "swapped": N_("the values come in the wrong order"),
    "gradient-twice": N_("the gradient enters twice: it is already in v"),
    "lookahead-missing": N_("this is θ itself; the gradient is taken further on"),
    "look-back": N_("this looks back; the velocity points where θ is going"),
    "mu-ignored": N_("μ is left out"),
    "mu-on-theta": N_("μ multiplies θ, too; it belongs to v alone"),
    "mu-squared": N_("μ enters twice"),
}


def _rows(theta: Array, x: Array, y: Array) -> Array:
    """Gradient of each row."""
    return np.asarray((x @ theta - y)[:, None] * x)


def _batch(theta: Array, x: Array, y: Array, index: Array) -> Array:
    return _rows(theta, x[index], y[index])


def _marked(theta: Array, x: Array, y: Array, index: Array) -> Array:
    """The rows of index, each once and in order."""
    return _rows(theta, x[np.unique(index)], y[np.unique(index)])


def _moved(theta: Array, v: Array) -> Values:
    return {"theta": theta + v, "v": v}


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "full_gradient": {
        "label-ignored": lambda theta, x, y: _rows(theta, x, 0 * y).mean(0),
        "input-missing": lambda theta, x, y: np.full(len(theta), np.mean(x @ theta - y)),
        "inputs-averaged": lambda theta, x, y: x.mean(0) * np.mean(x @ theta - y),
        "broadcast": lambda theta, x, y: _rows(theta, x, np.full(len(y), y.mean())).mean(0),
        "first-row-only": lambda theta, x, y: _rows(theta, x, y)[0],
        "three-only": lambda theta, x, y: np.pad(_rows(theta, x, y).mean(0), (0, 3))[:3],
        "absolute-error": lambda theta, x, y: np.sign(x @ theta - y) @ x / len(y),
    },
    "minibatch_gradient": {
        "divided-by-n": lambda theta, x, y, index: _batch(theta, x, y, index).sum(0) / len(y),
        "index-ignored": lambda theta, x, y, index: _rows(theta, x, y).mean(0),
        "first-rows": lambda theta, x, y, index: _rows(theta, x, y)[: len(index)].mean(0),
        "repeats-once": lambda theta, x, y, index: _marked(theta, x, y, index).mean(0),
        "rows-apart": lambda theta, x, y, index: _rows(theta, x[index], y[np.sort(index)]).mean(0),
        "labels-of-first-rows": lambda theta, x, y, index: _rows(theta, x[index], y[: len(index)]).mean(0),
        "index-range": lambda theta, x, y, index: _rows(theta, x, y)[index.min() : index.max() + 1].mean(0),
        "first-row-only": lambda theta, x, y, index: _batch(theta, x, y, index)[0],
        "label-ignored": lambda theta, x, y, index: _batch(theta, x, 0 * y, index).mean(0),
        "sum-over-batch": lambda theta, x, y, index: _batch(theta, x, y, index).sum(0),
        "batch-mean-twice": lambda theta, x, y, index: _batch(theta, x, y, index).mean(0) / len(index),
    },
    "sgd_step": {
        "ascent": lambda theta, grad, lr: theta + lr * grad,
        "rate-missing": lambda theta, grad, lr: theta - grad,
        "rate-divides": lambda theta, grad, lr: theta - grad / lr,
        "rate-fixed": lambda theta, grad, lr: theta - 0.1 * grad,
        "step-only": lambda theta, grad, lr: -lr * grad,
        "sign-of-gradient": lambda theta, grad, lr: theta - lr * np.sign(grad),
        "normalised": lambda theta, grad, lr: theta - lr * grad / np.linalg.norm(grad),
        "gradient-averaged": lambda theta, grad, lr: theta - lr * np.mean(grad),
        "rate-subtracted": lambda theta, grad, lr: theta - lr - grad,
        "multiplied": lambda theta, grad, lr: theta * (1 - lr * grad),
    },
    "momentum_step": {
        "ascent": lambda theta, v, grad, lr, mu: _moved(theta, mu * v + lr * grad),
        "velocity-sign": lambda theta, v, grad, lr, mu: {
            "theta": theta - (mu * v - lr * grad),
            "v": mu * v - lr * grad,
        },
        "velocity-negated": lambda theta, v, grad, lr, mu: {
            "theta": theta - mu * v - lr * grad,
            "v": mu * v + lr * grad,
        },
        "dampened": lambda theta, v, grad, lr, mu: _moved(theta, mu * v - (1 - mu) * lr * grad),
        "velocity-without-rate": lambda theta, v, grad, lr, mu: {
            "theta": theta - lr * (mu * v + grad),
            "v": mu * v + grad,
        },
        "rate-missing": lambda theta, v, grad, lr, mu: _moved(theta, mu * v - grad),
        "old-velocity": lambda theta, v, grad, lr, mu: {"theta": theta + v, "v": mu * v - lr * grad},
        "velocity-reset": lambda theta, v, grad, lr, mu: _moved(theta, -lr * grad),
        "mu-missing": lambda theta, v, grad, lr, mu: _moved(theta, v - lr * grad),
        "mu-on-gradient": lambda theta, v, grad, lr, mu: _moved(theta, mu * (v - lr * grad)),
        "mu-swapped": lambda theta, v, grad, lr, mu: _moved(theta, (1 - mu) * v - lr * grad),
        "nesterov-instead": lambda theta, v, grad, lr, mu: {
            "theta": theta + mu * (mu * v - lr * grad) - lr * grad,
            "v": mu * v - lr * grad,
        },
        "gradient-twice": lambda theta, v, grad, lr, mu: {
            "theta": theta + mu * v - 2 * lr * grad,
            "v": mu * v - lr * grad,
        },
        "swapped": lambda theta, v, grad, lr, mu: {
            "theta": mu * v - lr * grad,
            "v": theta + mu * v - lr * grad,
        },
    },
    "nesterov_lookahead": {
        "lookahead-missing": lambda theta, v, mu: theta,
        "look-back": lambda theta, v, mu: theta - mu * v,
        "mu-ignored": lambda theta, v, mu: theta + v,
        "mu-on-theta": lambda theta, v, mu: mu * (theta + v),
        "mu-swapped": lambda theta, v, mu: theta + (1 - mu) * v,
        "mu-squared": lambda theta, v, mu: theta + mu**2 * v,
        "step-only": lambda theta, v, mu: mu * v,
    },
}
