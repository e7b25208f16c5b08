"""Mistakes with adaptive learning rates: AdaGrad, RMSProp and Adam (notes, section 2)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Values = dict[str, Any]

TEXTS: Mapping[str, str] = {
    "ascent": N_("this goes uphill: the gradient is subtracted"),
    "eps-inside-root": N_("ε is inside the root; it belongs outside, added to the root"),
    "eps-missing": N_("ε is left out: an entry that has had no gradient yet gives 0 / 0"),
    "old-state": N_("the step divides by the old s; s has to take in this gradient first"),
    "no-root": N_("the root is missing: √s has the size of a gradient, s that of its square"),
    "no-square": N_("the gradient is not squared in the running mean or sum"),
    "absolute-value": N_("|∇| is used for ∇² in the running mean or sum"),
    "state-reset": N_("the old state is forgotten"),
    "state-root-stored": N_("the root is stored; the state is the mean or sum of squares itself"),
    "state-unchanged": N_("the old state is returned"),
    "one-rate-for-all": N_("the squares are added up over the entries; each entry has a rate of its own"),
    "rate-missing": N_("the learning rate is left out"),
    "swapped": N_("the values come in the wrong order"),
    "running-mean": N_("this is a running mean; AdaGrad adds up and forgets nothing"),
    "sum-not-mean": N_("the factor 1 - ρ is missing: the running mean becomes a sum"),
    "rho-swapped": N_("ρ and 1 - ρ are swapped: ρ belongs to the old mean"),
    "adagrad-instead": N_("nothing is forgotten: this is AdaGrad's sum, the running mean is missing"),
    "no-correction": N_("without bias correction: the moments start at 0 and are too small at first"),
    "only-m-corrected": N_("only m is corrected; v starts at 0, too"),
    "only-v-corrected": N_("only v is corrected; m starts at 0, too"),
    "t-off-by-one": N_("the correction takes t from before the step; the first step has t = 1 in it"),
    "t-ahead": N_("t is raised twice"),
    "t-unchanged": N_("t comes back unchanged; it counts the steps"),
    "corrected-stored": N_("the corrected moments are returned; the state is m and v themselves"),
    "betas-swapped": N_("β₁ and β₂ are swapped: β₁ belongs to m, β₂ to v"),
    "weights-swapped": N_("β and 1 - β are swapped: β belongs to the old moment"),
    "eps-before-correction": N_("ε is added before v is corrected; the root of the corrected v comes first"),
    "gradient-not-m": N_("the step takes the gradient itself; its running mean m is meant"),
    "correction-swapped": N_("β₁ and β₂ are swapped in the correction"),
    "betas-fixed": N_("the usual 0.9 and 0.999 are written into the function; β₁ and β₂ are arguments"),
    "beta-not-power": N_("the correction is 1 - β^t, β to the power of t"),
    "one-weight-missing": N_("a factor 1 - β is missing in a moment"),
}


def _scaled(
    theta: Array, s: Array, new: Array, grad: Array, lr: float, eps: float, *, size: Any = None, stored: Any = None
) -> Values:
    """θ - η ∇ / (√s + ε), with another size or another state returned."""
    divisor = np.sqrt(new) + eps if size is None else size(s, new, eps)
    return {"theta": theta - lr * grad / divisor, "s": new if stored is None else stored(s, new)}


def _family(mean: Callable[..., Array]) -> dict[str, Callable[..., Values]]:
    """Mistakes that AdaGrad and RMSProp share; `mean(s, square, *rho)` is the new state."""

    def variant(change: Any, **other: Any) -> Callable[..., Values]:
        def replica(theta: Array, s: Array, grad: Array, lr: float, *rest: float) -> Values:
            *rho, eps = rest
            return _scaled(theta, s, mean(s, change(grad), *rho), grad, lr, eps, **other)

        return replica

    return {
        "ascent": lambda theta, s, grad, lr, *rest: _scaled(
            theta, s, mean(s, grad**2, *rest[:-1]), grad, -lr, rest[-1]
        ),
        "eps-inside-root": variant(np.square, size=lambda s, new, eps: np.sqrt(new + eps)),
        "eps-missing": variant(np.square, size=lambda s, new, eps: np.sqrt(new)),
        "old-state": variant(np.square, size=lambda s, new, eps: np.sqrt(s) + eps),
        "no-root": variant(np.square, size=lambda s, new, eps: new + eps),
        "no-square": variant(lambda grad: grad),
        "absolute-value": variant(np.abs),
        "one-rate-for-all": variant(lambda grad: np.full_like(grad, np.sum(grad**2))),
        "state-root-stored": variant(np.square, stored=lambda s, new: np.sqrt(new)),
        "state-unchanged": variant(np.square, stored=lambda s, new: s),
        "rate-missing": lambda theta, s, grad, lr, *rest: _scaled(
            theta, s, mean(s, grad**2, *rest[:-1]), grad, 1.0, rest[-1]
        ),
        "swapped": lambda theta, s, grad, lr, *rest: {"theta": mean(s, grad**2, *rest[:-1])},
    }


def _instead(mean: Callable[..., Array], theta: Array, s: Array, grad: Array, lr: float, *rest: float) -> Values:
    """Another mean or sum in its place."""
    return _scaled(theta, s, mean(s, grad**2, *rest[:-1]), grad, lr, rest[-1])


def _adam(
    theta: Array,
    m: Array,
    v: Array,
    t: int,
    grad: Array,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
    *,
    ahead: int = 1,
    powers: Callable[[float, int], float] = lambda beta, t: 1 - beta**t,
    corrects: str = "mv",
    stores: bool = False,
    square: Any = np.square,
    size: Any = lambda v, eps: np.sqrt(v) + eps,
    returned: int = 1,
    along: str = "m",
    fresh: tuple[float, float] | None = None,
) -> Values:
    """Adam with one of its parts exchanged."""
    first, second = fresh or (1 - beta1, 1 - beta2)
    new_m, new_v = beta1 * m + first * grad, beta2 * v + second * square(grad)
    hat_m = new_m / powers(beta1, t + ahead) if "m" in corrects else new_m
    hat_v = new_v / powers(beta2, t + ahead) if "v" in corrects else new_v
    moved = theta - lr * (hat_m if along == "m" else grad) / size(hat_v, eps)
    return {"theta": moved, "m": hat_m if stores else new_m, "v": hat_v if stores else new_v, "t": t + returned}


def _adam_late_eps(
    theta: Array, m: Array, v: Array, t: int, grad: Array, lr: float, beta1: float, beta2: float, eps: float
) -> Values:
    right = _adam(theta, m, v, t, grad, lr, beta1, beta2, eps)
    root = (np.sqrt(right["v"]) + eps) / np.sqrt(1 - beta2 ** (t + 1))
    return {"theta": theta - lr * right["m"] / (1 - beta1 ** (t + 1)) / root}


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "adagrad_step": {
        **_family(lambda s, square: s + square),
        "state-reset": partial(_instead, lambda s, square: square),
        "running-mean": partial(_instead, lambda s, square: 0.9 * s + 0.1 * square),
    },
    "rmsprop_step": {
        **_family(lambda s, square, rho: rho * s + (1 - rho) * square),
        "state-reset": partial(_instead, lambda s, square, rho: (1 - rho) * square),
        "sum-not-mean": partial(_instead, lambda s, square, rho: rho * s + square),
        "rho-swapped": partial(_instead, lambda s, square, rho: (1 - rho) * s + rho * square),
        "adagrad-instead": partial(_instead, lambda s, square, rho: s + square),
    },
    "adam_step": {
        "no-correction": partial(_adam, corrects=""),
        "only-m-corrected": partial(_adam, corrects="m"),
        "only-v-corrected": partial(_adam, corrects="v"),
        "t-off-by-one": partial(_adam, ahead=0),
        "t-ahead": partial(_adam, ahead=2, returned=2),
        "t-unchanged": partial(_adam, returned=0),
        "corrected-stored": partial(_adam, stores=True),
        "betas-swapped": lambda theta, m, v, t, grad, lr, beta1, beta2, eps: _adam(
            theta, m, v, t, grad, lr, beta2, beta1, eps
        ),
        "correction-swapped": lambda theta, m, v, t, grad, lr, beta1, beta2, eps: _adam(
            theta,
            m,
            v,
            t,
            grad,
            lr,
            beta1,
            beta2,
            eps,
            powers=lambda beta, t: 1 - (beta2 if beta == beta1 else beta1) ** t,
        ),
        "betas-fixed": lambda theta, m, v, t, grad, lr, beta1, beta2, eps: _adam(
            theta, m, v, t, grad, lr, 0.9, 0.999, eps
        ),
        "weights-swapped": lambda theta, m, v, t, grad, lr, beta1, beta2, eps: _adam(
            theta, m, v, t, grad, lr, 1 - beta1, 1 - beta2, eps, powers=lambda beta, t: 1 - (1 - beta) ** t
        ),
        "no-root": partial(_adam, size=lambda v, eps: v + eps),
        "eps-inside-root": partial(_adam, size=lambda v, eps: np.sqrt(v + eps)),
        "eps-missing": partial(_adam, size=lambda v, eps: np.sqrt(v)),
        "eps-before-correction": _adam_late_eps,
        "no-square": partial(_adam, square=lambda grad: grad),
        "absolute-value": partial(_adam, square=np.abs),
        "ascent": lambda theta, m, v, t, grad, lr, *rest: _adam(theta, m, v, t, grad, -lr, *rest),
        "gradient-not-m": partial(_adam, along="grad", corrects="v"),
        "beta-not-power": partial(_adam, powers=lambda beta, t: 1 - beta),
        "one-weight-missing": partial(_adam, fresh=(1.0, 1.0)),
        "swapped": lambda theta, m, v, t, grad, lr, beta1, beta2, eps: {"theta": beta1 * m + (1 - beta1) * grad},
    },
}
