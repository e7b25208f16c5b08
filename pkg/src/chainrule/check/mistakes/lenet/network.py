"""Mistakes with a whole network of two convolutions and two dense layers (notes, all sections)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.lenet.small_lenet import (
    backward,
    cross_entropy,
    flattened,
    forward,
    half,
    loss_and_gradients,
    one_hot,
    relu,
    relu_prime,
    softmax,
)
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Values = dict[str, Any]

TEXTS: Mapping[str, str] = {
    "relu-left-out": N_("a convolution's ReLU is left out: a = F(z), and the pool takes a"),
    "hidden-relu-left-out": N_("the hidden layer's ReLU is left out: without it two dense layers are one"),
    "relu-on-scores": N_("the last layer is linear: the scores z may be negative, no ReLU here"),
    "softmax-on-scores": N_("these are probabilities; the network returns the scores z, the loss takes the softmax"),
    "tanh-for-relu": N_("this is tanh; F is ReLU here"),
    "pad-always-1": N_("one zero is added whatever the filter; it must be R // 2 and S // 2, from the shape of W"),
    "pads-swapped": N_("R // 2 rows go above and below, S // 2 columns left and right, not the other way round"),
    "biases-left-out": N_("a bias is left out"),
    "average-pool": N_("this pool takes the mean of its four entries; the largest is meant"),
    "filters-flipped": N_("the filters are turned round by 180°; in a network nothing is flipped"),
    "channels-first": N_("the maps are flattened in another order: reshape (M, P, Q, K) as it is, K fastest"),
    "first-filters-only": N_("every map is made with the first filter"),
    "map-slope-missing": N_("a convolution's F′(z) is missing: where z < 0 nothing goes back"),
    "hidden-slope-missing": N_(
        "the hidden layer's F′(z) is missing, or taken at a, where it is always 1: where z < 0 nothing goes back"
    ),
    "slope-on-scores": N_("the last layer is linear: its F′ is 1"),
    "slope-of-delta": N_("F′ is taken of the gradient that comes in; it belongs to z"),
    "pool-shared-out": N_("the pool's gradient is shared out evenly; all of it goes to the entry that won"),
    "pool-to-all": N_("every entry of a pool gets the gradient; it goes to the entry that won, and to no other"),
    "pool-to-first": N_("the gradient goes to the first entry of each pool; it goes to the entry that won"),
    "not-turned-back": N_("going back, the filter must be turned round by 180°: pixel p met weight r at p - r"),
    "cropped-at-the-corner": N_("the zeros are on all sides: cut R // 2 rows off above and below, not below only"),
    "not-cropped": N_("the gradient of the zeros around the image is still there; cut it off"),
    "delta-ignored": N_("the delta that comes in is not used"),
    "biases-averaged": N_("a bias's gradient is the sum over images and positions, not their mean"),
    "first-image-only": N_("only the first image of the batch counts here"),
    "label-ignored": N_("the 1 of the true class is not subtracted"),
    "true-class-entry-only": N_(
        "only the entry of the true class has a gradient here; raising any other score hurts too"
    ),
    "labels-of-the-batch": N_("z[:, y] takes the columns of all labels for every row; row m has label y[m] only"),
    "softmax-over-batch": N_("this normalises over the batch (axis 0); each row must add up to 1 (axis 1)"),
    "log-offset": N_("a small number is added inside the logarithm; it changes every loss a little"),
    "clipped": N_("the scores are clipped; that changes large ones"),
    "one-based": N_("classes are counted from 0"),
    "softmax-twice": N_("the softmax is applied twice: the loss takes the scores z and contains it already"),
    "scores-for-delta": N_("what goes back is ∂C/∂z; the scores themselves are sent back here"),
    "probabilities-for-delta": N_("what goes back is ∂C/∂z = (softmax - one-hot) / M; here it is the softmax"),
    "weights-decay": N_("the weights are added to their gradients; there is no weight decay in this loss"),
}


def _entropy(z: Array, y: Labels, delta: Callable[[Array, Array], Array] = np.subtract) -> Values:
    return {"loss": cross_entropy(z, y), "dz": delta(softmax(z), one_hot(z, y)) / len(y)}


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "network_forward": {
        "relu-left-out": partial(forward, F=np.asarray),
        "tanh-for-relu": partial(forward, F=np.tanh, hidden=np.tanh),
        "hidden-relu-left-out": partial(forward, hidden=np.asarray),
        "relu-on-scores": partial(forward, last=relu),
        "softmax-on-scores": partial(forward, last=softmax),
        "pad-always-1": partial(forward, pad=lambda w: (1, 1)),
        "pads-swapped": partial(forward, pad=lambda w: half(w)[::-1]),
        "biases-left-out": partial(forward, bias=0.0),
        "average-pool": partial(forward, pool=np.mean),
        "filters-flipped": partial(forward, filters=lambda w: w[::-1, ::-1]),
        "channels-first": partial(forward, flat=lambda p: flattened(p.transpose(0, 3, 1, 2))),
        "first-filters-only": partial(forward, filters=lambda w: np.repeat(w[..., :1], w.shape[-1], axis=-1)),
    },
    "cross_entropy": {
        "label-ignored": partial(_entropy, delta=lambda a, hot: a),
        "true-class-entry-only": partial(_entropy, delta=lambda a, hot: hot * (a - 1)),
        "labels-of-the-batch": lambda z, y: {
            "loss": np.mean(np.log(np.exp(z).sum(axis=1, keepdims=True)) - z[:, y]),
            "dz": (softmax(z) - (one_hot(z, y).sum(axis=0) > 0)) / len(y),
        },
        "softmax-over-batch": lambda z, y: {
            "loss": -np.mean(np.log(softmax(z, axis=0))[np.arange(len(y)), y]),
            "dz": (softmax(z, axis=0) - one_hot(z, y)) / len(y),
        },
        "log-offset": lambda z, y: {"loss": -np.mean(np.log(softmax(z)[np.arange(len(y)), y] + 1e-8))},
        "clipped": lambda z, y: _entropy(np.clip(z, -50, 50), y),
        "one-based": lambda z, y: _entropy(z, y - 1),
        "softmax-twice": lambda z, y: _entropy(softmax(z), y),
    },
    "network_backward": {
        "map-slope-missing": partial(backward, slope=lambda z, delta: 1.0),
        "hidden-slope-missing": partial(backward, hidden=lambda z, delta: 1.0),
        "slope-on-scores": partial(backward, last=lambda delta: delta * relu_prime(delta)),
        "slope-of-delta": partial(
            backward, slope=lambda z, delta: relu_prime(delta), hidden=lambda z, delta: relu_prime(delta)
        ),
        "pool-shared-out": partial(backward, share=lambda winner: np.full((4, 1), 0.25)),
        "pool-to-all": partial(backward, share=lambda winner: np.ones((4, 1))),
        "pool-to-first": partial(backward, share=lambda winner: np.eye(4)[0][:, None]),
        "not-turned-back": partial(backward, back=lambda w: w[::-1, ::-1]),
        "cropped-at-the-corner": partial(backward, cut=lambda dx, x, w: dx[:, : x.shape[1], : x.shape[2]]),
        "not-cropped": partial(backward, cut=lambda dx, x, w: dx),
        "delta-ignored": lambda params, x, states, delta: backward(params, x, states, np.ones_like(delta)),
        "biases-averaged": partial(backward, bias=lambda dz: dz.reshape(-1, dz.shape[-1]).mean(axis=0)),
        "first-image-only": lambda params, x, states, delta: backward(
            params, x, states, delta * (np.arange(len(delta)) == 0)[:, None]
        ),
    },
    "network_loss(params, x, y)": {
        "softmax-twice": partial(loss_and_gradients, squash=softmax),
        "scores-for-delta": partial(loss_and_gradients, delta=lambda z, hot: z),
        "probabilities-for-delta": partial(loss_and_gradients, delta=lambda z, hot: softmax(z) / len(z)),
        "first-image-only": lambda params, x, y: loss_and_gradients(params, x[:1], y[:1]),
        "weights-decay": lambda params, x, y: {
            name: value + params.get(name, 0.0) for name, value in loss_and_gradients(params, x, y).items()
        },
    },
}
