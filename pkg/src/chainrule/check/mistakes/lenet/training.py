"""Mistakes with training a whole network by momentum (notes, sections 2 and 4)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.lenet.small_lenet import loss_and_gradients
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Params = Mapping[str, Array]
Values = dict[str, Any]
Move = Callable[[Array, Array, Array, float, float], tuple[Array, Array]]

TEXTS: Mapping[str, str] = {
    "ascent": N_("this goes uphill: the gradient is subtracted"),
    "momentum-ignored": N_("μ is left out: this is plain SGD"),
    "velocity-reset": N_("the velocity begins anew with each epoch; it goes on"),
    "old-velocity": N_("θ moves with the old velocity; take the new one"),
    "dampened": N_("a factor 1 - μ too much: this momentum has no dampening"),
    "mu-missing": N_("the old velocity is not multiplied by μ: without friction it never comes to rest"),
    "rate-fixed": N_("the learning rate is a fixed number here; it must be the argument lr"),
    "biases-left-behind": N_("the biases do not move; every parameter has a gradient and takes a step"),
    "last-layer-only": N_("only the last layer moves; every parameter has a gradient and takes a step"),
    "params-restarted": N_("each epoch begins at the first parameters again"),
    "last-batch-dropped": N_("the short batch at the end is left out"),
    "one-step-an-epoch": N_("there is only one step an epoch; each batch makes one"),
    "one-epoch": N_("only one epoch is done"),
    "losses-summed": N_("the losses of an epoch's batches are added up; their mean over the images is meant"),
    "batches-weigh-the-same": N_("the short batch counts as much as a long one; weigh each loss with its images"),
    "loss-of-last-batch": N_("this is the loss of the last batch; the mean over all images of the epoch is meant"),
    "losses-after": N_("these are losses after the step; take the one that comes with the gradient, before it"),
}


def _momentum(theta: Array, v: Array, grad: Array, lr: float, mu: float) -> tuple[Array, Array]:
    v = mu * v - lr * grad
    return theta + v, v


def _trained(
    params: Params,
    x: Array,
    y: NDArray[np.int64],
    lr: float,
    mu: float,
    batch_size: int,
    epochs: int,
    *_: object,  # the order does not matter where this is used, and nobody watches
    move: Move = _momentum,
    moves: Callable[[str], bool] = lambda name: True,
    forgets: bool = False,
    restarts: bool = False,
    starts: Callable[[int, int], range] = lambda n, size: range(0, n, size),
    reported: Callable[[Array, Array], float] = lambda losses, sizes: float(losses @ sizes / sizes.sum()),
    late: bool = False,
) -> Values:
    """Momentum with the images in their order, which tells as much as any where all are alike or in one batch."""
    now, history = dict(params), []
    v = {name: np.zeros_like(value) for name, value in params.items()}
    for _epoch in range(epochs):
        if forgets:
            v = {name: np.zeros_like(value) for name, value in params.items()}
        now = dict(params) if restarts else now
        losses, sizes = [], []
        for start in starts(len(y), batch_size):
            batch = x[start : start + batch_size], y[start : start + batch_size]
            values = loss_and_gradients(now, *batch)
            for name in filter(moves, params):
                now[name], v[name] = move(now[name], v[name], values[name], lr, mu)
            losses.append(loss_and_gradients(now, *batch)["loss"] if late else values["loss"])
            sizes.append(len(batch[1]))
        history.append(reported(np.array(losses), np.array(sizes, float)))
    return now | {"losses": history}


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "train(params, x, y, lr, mu, batch_size, epochs, rng, watch)": {
        "ascent": partial(_trained, move=lambda theta, v, grad, lr, mu: _momentum(theta, v, grad, -lr, mu)),
        "momentum-ignored": partial(_trained, move=lambda theta, v, grad, lr, mu: _momentum(theta, v, grad, lr, 0.0)),
        "velocity-reset": partial(_trained, forgets=True),
        "old-velocity": partial(_trained, move=lambda theta, v, grad, lr, mu: (theta + v, mu * v - lr * grad)),
        "dampened": partial(_trained, move=lambda theta, v, grad, lr, mu: _momentum(theta, v, (1 - mu) * grad, lr, mu)),
        "mu-missing": partial(_trained, move=lambda theta, v, grad, lr, mu: _momentum(theta, v, grad, lr, 1.0)),
        "rate-fixed": partial(_trained, move=lambda theta, v, grad, lr, mu: _momentum(theta, v, grad, 0.01, mu)),
        "biases-left-behind": partial(_trained, moves=lambda name: name.startswith("W")),
        "last-layer-only": partial(_trained, moves=lambda name: name.endswith("4")),
        "params-restarted": partial(_trained, restarts=True),
        "last-batch-dropped": partial(_trained, starts=lambda n, size: range(0, n - size + 1, size)),
        "one-step-an-epoch": lambda params, x, y, lr, mu, size, epochs, *rest: _trained(
            params, x, y, lr, mu, len(y), epochs
        ),
        "one-epoch": lambda params, x, y, lr, mu, size, epochs, *rest: _trained(params, x, y, lr, mu, size, 1),
        "losses-summed": partial(_trained, reported=lambda losses, sizes: float(losses.sum())),
        "batches-weigh-the-same": partial(_trained, reported=lambda losses, sizes: float(losses.mean())),
        "loss-of-last-batch": partial(_trained, reported=lambda losses, sizes: float(losses[-1])),
        "losses-after": partial(_trained, late=True),
    }
}
