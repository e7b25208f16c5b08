"""Mistakes with numerical gradients, ReLU, one layer and whole networks, forwards and backwards (notes, section 4)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.regression.network import TEXTS as NETWORK
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Params = list[tuple[Array, Array]]
Pairs = list[tuple[Any, Any]]
Values = dict[str, Any]

TEXTS: Mapping[str, str] = {
    **NETWORK,
    "one-sided": N_("this is the difference to one side, f(x + h) - f(x); take f(x + h) - f(x - h)"),
    "backward-difference": N_("this is the difference to one side, f(x) - f(x - h); take f(x + h) - f(x - h)"),
    "not-divided": N_("this is a difference, not yet a slope: divide by 2h"),
    "divided-by-h": N_("the two points are 2h apart, not h"),
    "h-ignored": N_("the argument h is not used: the step has another length"),
    "step-times-x": N_("the step is h times the entry; it must be h for every entry"),
    "all-entries-moved": N_("all entries move at once; move one at a time, the others stay"),
    "rows-moved": N_("whole rows move at once; move one entry at a time (np.ndindex visits them all)"),
    "step-left-behind": N_("an entry stays moved while the next one is examined; put it back first"),
    "leaky": N_("this lets a little of the negative numbers through; ReLU is exactly 0 there"),
    "absolute-value": N_("this is the absolute value; ReLU makes negative numbers 0"),
    "mask-for-relu": N_("this is 1 where z is positive, the derivative; ReLU returns z itself there"),
    "clipped-at-1": N_("this cuts off at 1, too; ReLU lets large numbers through"),
    "upside-down": N_("this keeps the negative numbers and makes the positive ones 0"),
    "softplus": N_("this is ln(1 + exp z), a smooth relative; ReLU has a kink"),
    "identity": N_("this returns z as it is"),
    "zero-at-kink": N_("at z = 0 the notes take 1, so z >= 0 (TensorFlow and PyTorch take 0)"),
    "half-at-kink": N_("at z = 0 the notes take 1, not the mean of both sides"),
    "sign-function": N_("where z is negative the derivative is 0, not -1: this is the derivative of |z|"),
    "relu-itself": N_("this is ReLU, not its derivative"),
    "mask-inverted": N_("this is 1 where z is negative; it is the positive numbers that pass"),
    "always-1": N_("this is 1 everywhere; for negative z ReLU is constant, so its derivative is 0"),
    "threshold-1": N_("the switch is at z = 1; it belongs at z = 0"),
    "bias-per-input": N_("the bias is added to the weights and so counts once for each input; add it to the sum"),
    "inputs-averaged": N_("the inputs are averaged; a neuron adds them up"),
    "biases-added-up": N_("all biases together go to every neuron; each neuron has its own"),
    "relu-in-the-sum": N_("negative values are cut off at 0; this function returns z, F comes after it"),
    "weights-not-transposed": N_("going back, the sum is over the second index of W: multiply by W.T"),
    "weights-transposed": N_("z_i adds up a_j W_ji over j: the product is a_prev @ W, without a transpose"),
    "F-prime-missing": N_("F′ is missing: every δ must be multiplied by F'(z) of the same neuron"),
    "F-prime-not-in-delta": N_("F′ is missing in delta_prev; all three formulas have it"),
    "F-prime-not-in-dW": N_("F′ is missing in dW; all three formulas have it"),
    "F-prime-not-in-db": N_("F′ is missing in db; all three formulas have it"),
    "F-prime-twice": N_("F′ is multiplied in twice"),
    "upstream-ignored": N_("delta is not used: how the cost depends on this layer is lost"),
    "weights-ignored": N_("delta_prev must be weighted with W: a thin line passes little on"),
    "blame-averaged": N_("the contributions of the layer's neurons are averaged; they add up"),
    "last-neuron-only": N_("only the last neuron's contribution survives: add up (+=) instead of replacing (=)"),
    "divided-by-M": N_("divided by M: here the sum over the samples is meant, a 1/M of the cost is in delta already"),
    "db-divided-by-M": N_("db is a mean over the samples; the sum is meant"),
    "first-sample": N_("only the first sample of the batch is used; add up over all of them"),
    "last-sample": N_("only the last sample survives: add up (+=) instead of replacing (=)"),
    "inputs-ignored": N_("dW must be weighted with a_prev: a neuron that was silent is not to blame"),
    "db-over-neurons": N_("db is added up over the neurons; add up over the samples (axis 0)"),
    "relu-on-last": N_("the last layer is linear: no ReLU there"),
    "tanh-for-relu": N_("this is tanh; the hidden layers have ReLU here"),
    "no-relu": N_("ReLU is missing: without it all the layers are one linear layer"),
    "relu-in-first-only": N_("only the first layer has a ReLU; every layer but the last has one"),
    "z-handed-on": N_("the next layer gets z; it must get a = F(z)"),
    "pairs-swapped": N_("the pairs are (a, z); they must be (z, a)"),
    "z-overwritten": N_("z is cut off at 0, too: ReLU must make a new array and leave z as it is"),
    "input-in-a": N_("beside each z stands the activation that goes into the layer; it must be the one that comes out"),
    "biases-left-out": N_("the biases are left out"),
    "mask-on-last": N_("the last layer is linear, F′ = 1; ReLU's derivative is applied to it"),
    "F-prime-missing-or-of-a": N_(
        "F′ is missing in the hidden layers, or taken at a, where it is always 1: take it at z"
    ),
    "F-prime-of-delta": N_("the switch looks at the sign of δ; it must look at z"),
    "kink-off": N_("where z = 0 the notes let δ pass: F'(0) = 1"),
    "order-reversed": N_("the gradients come in the order of the walk back; return them in the order of params"),
    "z-for-a-prev": N_("dW takes z of the layer before; it must be a, what came out of it"),
    "biases-gradient-zero": N_("db stays 0"),
}


def _move(f: Any, x: Array, units: Any, quotient: Callable[[Any, Any], Any]) -> Array:
    """The quotient along each of the units, in the shape of x."""
    return np.array([quotient(f, unit.reshape(x.shape)) for unit in units], np.float64).reshape(x.shape)


def _slopes(f: Any, x: Array, quotient: Callable[[Any, Any], Any]) -> Array:
    return _move(f, x, np.eye(x.size), quotient)


def _central(f: Any, x: Array, h: float) -> Array:
    return _slopes(f, x, lambda f, u: (f(x + h * u) - f(x - h * u)) / (2 * h))


def _rows_moved(f: Any, x: Array, h: float) -> Array:
    slopes = np.zeros(x.shape)
    for row in range(len(x)):
        step = np.zeros(x.shape)
        step[row] = h
        slopes[row] = (f(x + step) - f(x - step)) / (2 * h)
    return slopes


def _left_behind(f: Any, x: Array, h: float) -> Array:
    """Entries that were examined stay at x - h."""
    behind = np.tril(np.ones((x.size, x.size)), -1)

    def quotient(f: Any, unit: Array) -> Any:
        base = x - h * behind[int(unit.argmax())].reshape(x.shape)
        return (f(base + h * unit) - f(base - h * unit)) / (2 * h)

    return _slopes(f, x, quotient)


def _layer(dz: Array, a_prev: Array, W: Array) -> Values:
    return {"delta_prev": dz @ W.T, "dW": a_prev.T @ dz, "db": dz.sum(axis=0)}


def _relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def _walk(x: Array, params: Params, *, F: Any = _relu, last: Any = np.array, bias: float = 1.0) -> Pairs:
    """(z, a) of each layer, with another function in the hidden layers or in the last."""
    states: Pairs = []
    for number, (W, b) in enumerate(params, start=1):
        z = x @ W + bias * b
        x = last(z) if number == len(params) else F(z)
        states.append((z, x))
    return states


def _in_first_only(x: Array, params: Params) -> Pairs:
    states: Pairs = []
    for number, (W, b) in enumerate(params):
        z = x @ W + b
        x = _relu(z) if number == 0 and len(params) > 1 else z
        states.append((z, x))
    return states


def _z_handed_on(x: Array, params: Params) -> Pairs:
    linear = _walk(x, params, F=np.array)
    return [(z, _relu(z)) for z, _ in linear[:-1]] + linear[-1:]


def _inputs(x: Array, params: Params) -> Pairs:
    states = _walk(x, params)
    return [(z, a) for (z, _), a in zip(states, [x, *(a for _, a in states)], strict=False)]


def _switch(z: Array, delta: Array) -> Array:
    del delta
    return (z >= 0).astype(float)


def _gradients(
    x: Array,
    params: Params,
    states: Pairs,
    delta: Array,
    *,
    slope: Any = _switch,
    last: Any = None,
    inputs: int = 1,
    share: float = 1.0,
    db: Any = None,
) -> Pairs:
    """(dW, db) of each layer, with another F′ (of z and δ), other inputs (0 for z), or a factor."""
    gradients: Pairs = []
    for number in reversed(range(len(params))):
        z = states[number][0]
        final = number == len(params) - 1
        dz = delta if final and last is None else delta * (last if final else slope)(z, delta)
        a_prev = states[number - 1][inputs] if number else x
        gradients.append((share * (a_prev.T @ dz), share * dz.sum(axis=0) if db is None else db(dz)))
        delta = dz @ params[number][0].T
    return gradients[::-1]


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "numerical_gradient": {
        "one-sided": lambda f, x, h: _slopes(f, x, lambda f, u: (f(x + h * u) - f(x)) / h),
        "backward-difference": lambda f, x, h: _slopes(f, x, lambda f, u: (f(x) - f(x - h * u)) / h),
        "not-divided": lambda f, x, h: 2 * h * _central(f, x, h),
        "divided-by-h": lambda f, x, h: 2 * _central(f, x, h),
        "h-ignored": lambda f, x, h: _central(f, x, 1e-5),
        "step-times-x": lambda f, x, h: _slopes(f, x, lambda f, u: (f(x + h * x * u) - f(x - h * x * u)) / (2 * h)),
        "all-entries-moved": lambda f, x, h: np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h)),
        "rows-moved": _rows_moved,
        "step-left-behind": _left_behind,
    },
    "relu": {
        "leaky": lambda z: np.where(z > 0, z, 0.01 * z),
        "absolute-value": np.abs,
        "mask-for-relu": lambda z: (z > 0).astype(float),
        "clipped-at-1": lambda z: np.clip(z, 0, 1),
        "upside-down": lambda z: np.minimum(z, 0),
        "softplus": lambda z: np.logaddexp(0, z),
        "identity": np.array,
    },
    "relu_prime": {
        "zero-at-kink": lambda z: (z > 0).astype(float),
        "half-at-kink": lambda z: np.heaviside(z, 0.5),
        "sign-function": lambda z: np.where(z >= 0, 1.0, -1.0),
        "relu-itself": _relu,
        "mask-inverted": lambda z: (z <= 0).astype(float),
        "always-1": np.ones_like,
        "threshold-1": lambda z: (z >= 1).astype(float),
        "leaky": lambda z: np.where(z >= 0, 1.0, 0.01),
    },
    "layer_forward": {
        "bias-ignored": lambda a, W, b: a @ W,
        "bias-sign": lambda a, W, b: a @ W - b,
        "bias-per-input": lambda a, W, b: a @ (W + b),
        "inputs-averaged": lambda a, W, b: a @ W / len(W) + b,
        "biases-added-up": lambda a, W, b: a @ W + b.sum(),
        "relu-in-the-sum": lambda a, W, b: _relu(a @ W + b),
        "weights-transposed": lambda a, W, b: a @ W.T + b,
        "first-row-only": lambda a, W, b: np.tile(a[:1], (len(a), 1)) @ W + b,
    },
    "layer_backward": {
        "F-prime-not-in-delta": lambda d, F, a, W: {"delta_prev": d @ W.T},
        "F-prime-not-in-dW": lambda d, F, a, W: {"dW": a.T @ d},
        "F-prime-not-in-db": lambda d, F, a, W: {"db": d.sum(axis=0)},
        "F-prime-missing": lambda d, F, a, W: _layer(d, a, W),
        "F-prime-twice": lambda d, F, a, W: _layer(d * F * F, a, W),
        "upstream-ignored": lambda d, F, a, W: _layer(F, a, W),
        "weights-ignored": lambda d, F, a, W: {"delta_prev": np.tile((d * F).sum(1, keepdims=True), len(W))},
        "weights-not-transposed": lambda d, F, a, W: {"delta_prev": (d * F) @ W},
        "blame-averaged": lambda d, F, a, W: {"delta_prev": (d * F) @ W.T / W.shape[1]},
        "last-neuron-only": lambda d, F, a, W: {"delta_prev": np.outer((d * F)[:, -1], W[:, -1])},
        "db-divided-by-M": lambda d, F, a, W: {"db": np.mean(d * F, axis=0)},
        "divided-by-M": lambda d, F, a, W: {"dW": a.T @ (d * F) / len(d), "db": np.mean(d * F, axis=0)},
        "first-sample": lambda d, F, a, W: {"dW": np.outer(a[0], d[0] * F[0]), "db": d[0] * F[0]},
        "last-sample": lambda d, F, a, W: {"dW": np.outer(a[-1], d[-1] * F[-1]), "db": d[-1] * F[-1]},
        "inputs-ignored": lambda d, F, a, W: {"dW": np.tile((d * F).sum(axis=0), (len(W), 1))},
        "db-over-neurons": lambda d, F, a, W: {"db": (d * F).sum(axis=1)},
    },
    "forward": {
        "relu-on-last": lambda x, params: _walk(x, params, last=_relu),
        "z-handed-on": _z_handed_on,
        "no-relu": lambda x, params: _walk(x, params, F=np.array),
        "relu-in-first-only": _in_first_only,
        "tanh-for-relu": lambda x, params: _walk(x, params, F=np.tanh),
        "z-overwritten": lambda x, params: [(a, a) for _, a in _walk(x, params)],
        "pairs-swapped": lambda x, params: [(a, z) for z, a in _walk(x, params)],
        "input-in-a": _inputs,
        "biases-left-out": lambda x, params: _walk(x, params, bias=0.0),
    },
    "backward": {
        "F-prime-missing-or-of-a": lambda *args: _gradients(*args, slope=lambda z, d: np.ones_like(z)),
        "mask-on-last": lambda *args: _gradients(*args, last=_switch),
        "kink-off": lambda *args: _gradients(*args, slope=lambda z, d: (z > 0).astype(float)),
        "F-prime-of-delta": lambda *args: _gradients(*args, slope=lambda z, d: (d >= 0).astype(float)),
        "order-reversed": lambda *args: _gradients(*args)[::-1],
        "z-for-a-prev": lambda *args: _gradients(*args, inputs=0),
        "db-divided-by-M": lambda *args: _gradients(*args, db=lambda dz: dz.mean(axis=0)),
        "divided-by-M": lambda *args: _gradients(*args, share=1 / len(args[0])),
        "biases-gradient-zero": lambda *args: _gradients(*args, db=lambda dz: 0 * dz[0]),
    },
}
