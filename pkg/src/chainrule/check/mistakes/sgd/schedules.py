"""Mistakes with learning rates that change with time (notes, section 2)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

TEXTS: Mapping[str, str] = {
    "not-whole-steps": N_("the rate falls all the time; it stays the same for `every` epochs (whole division)"),
    "factor-times-count": N_("the factor is multiplied with the number of drops; it is raised to that power"),
    "factor-divides": N_("this divides by the factor"),
    "drop-early": N_("the drop comes one epoch early; epochs count from 0"),
    "drop-rounded": N_("this rounds to the nearest drop; whole division cuts off"),
    "drop-rounded-up": N_("this rounds up; whole division cuts off"),
    "drop-by-remainder": N_("this is the remainder; the number of drops is the whole part, epoch // every"),
    "drop-once": N_("the rate falls only once, or only for a single epoch"),
    "drop-each-epoch": N_("the rate falls in each epoch; `every` is ignored"),
    "decay-sign": N_("the rate grows: a sign is wrong"),
    "base-10": N_("this is a power of 10; e is meant"),
    "base-2": N_("this is a power of 2; e is meant"),
    "one-minus-k": N_("(1 - k)^t is close to e^(-k t) for small k only"),
    "k-as-base": N_("k is the exponent's factor, not the base"),
    "linear": N_("this falls along a straight line"),
    "k-divides": N_("t is divided by k; it is multiplied"),
    "rate-in-exponent": N_("the learning rate stands in the exponent, too"),
    "missing-one": N_("the 1 in the denominator is missing"),
    "not-times-rate": N_("the rate at the start is left out"),
    "brackets-missing": N_("brackets are missing: all of 1 + k t belongs below the line"),
    "k-added": N_("k is added; it is multiplied with t"),
    "power-of-t": N_("t is an exponent; the denominator is 1 + k t"),
    "root": N_("this is a square root; the denominator is 1 + k t"),
    "squared": N_("this is a square; the denominator is 1 + k t"),
    "no-half": N_("the factor 1/2 is missing: 1 + cos runs from 2 to 0"),
    "half-on-one": N_("the factor 1/2 reaches the 1 only; it belongs to 1 + cos as a whole"),
    "lr-min-as-floor": N_("lr_min only cuts the curve off; it also shrinks the amplitude to lr - lr_min"),
    "lr-min-ignored": N_("lr_min is left out"),
    "lr-min-added": N_("lr_min is added on top: the amplitude is lr - lr_min"),
    "pi-missing": N_("π is missing: t/T has to run through half a turn"),
    "full-turn": N_("this is a full turn; from 0 to T the cosine makes half of one"),
    "degrees": N_("np.cos takes radians; half a turn is π, not 180"),
    "reversed": N_("this rises; the cosine is added, not subtracted"),
    "no-one": N_("the 1 is missing: cos runs from 1 to -1, the rate must not become negative"),
    "sine": N_("this is a sine; a cosine starts at its top"),
}

MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "step_decay": {
        "not-whole-steps": lambda lr, epoch, factor, every: lr * factor ** (epoch / every),
        "factor-times-count": lambda lr, epoch, factor, every: lr * factor * (epoch // every),
        "factor-divides": lambda lr, epoch, factor, every: lr / factor ** (epoch // every),
        "drop-early": lambda lr, epoch, factor, every: lr * factor ** ((epoch + 1) // every),
        "drop-rounded": lambda lr, epoch, factor, every: lr * factor ** round(epoch / every),
        "drop-rounded-up": lambda lr, epoch, factor, every: lr * factor ** np.ceil(epoch / every),
        "drop-by-remainder": lambda lr, epoch, factor, every: lr * factor ** (epoch % every),
        "drop-once": lambda lr, epoch, factor, every: lr * factor if epoch and epoch % every == 0 else lr,
        "drop-each-epoch": lambda lr, epoch, factor, every: lr * factor**epoch,
        "linear": lambda lr, epoch, factor, every: lr * (1 - factor * (epoch // every)),
        "not-times-rate": lambda lr, epoch, factor, every: factor ** (epoch // every),
    },
    "exponential_decay": {
        "decay-sign": lambda lr, t, k: lr * np.exp(k * t),
        "base-10": lambda lr, t, k: lr * 10 ** (-k * t),
        "base-2": lambda lr, t, k: lr * 2 ** (-k * t),
        "one-minus-k": lambda lr, t, k: lr * (1 - k) ** t,
        "k-as-base": lambda lr, t, k: lr * k**t,
        "linear": lambda lr, t, k: lr * (1 - k * t),
        "k-divides": lambda lr, t, k: lr * np.exp(-t / k),
        "rate-in-exponent": lambda lr, t, k: lr * np.exp(-lr * k * t),
        "not-times-rate": lambda lr, t, k: np.exp(-k * t),
    },
    "inverse_time_decay": {
        "missing-one": lambda lr, t, k: lr / (k * t),
        "k-divides": lambda lr, t, k: lr / (1 + t / k),
        "brackets-missing": lambda lr, t, k: lr / 1 + k * t,
        "k-added": lambda lr, t, k: lr / (1 + k + t),
        "power-of-t": lambda lr, t, k: lr / (1 + k) ** t,
        "root": lambda lr, t, k: lr / np.sqrt(1 + k * t),
        "squared": lambda lr, t, k: lr / (1 + k * t) ** 2,
        "decay-sign": lambda lr, t, k: lr * (1 + k * t),
        "linear": lambda lr, t, k: lr * (1 - k * t),
        "not-times-rate": lambda lr, t, k: 1 / (1 + k * t),
    },
    "cosine_annealing": {
        "no-half": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * (1 + np.cos(np.pi * t / T)),
        "half-on-one": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * (0.5 + np.cos(np.pi * t / T)),
        "lr-min-as-floor": lambda lr, t, T, lr_min: max(lr_min, lr * (1 + np.cos(np.pi * t / T)) / 2),
        "lr-min-ignored": lambda lr, t, T, lr_min: lr * (1 + np.cos(np.pi * t / T)) / 2,
        "lr-min-added": lambda lr, t, T, lr_min: lr_min + lr * (1 + np.cos(np.pi * t / T)) / 2,
        "pi-missing": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * (1 + np.cos(t / T)) / 2,
        "full-turn": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * (1 + np.cos(2 * np.pi * t / T)) / 2,
        "degrees": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * (1 + np.cos(180 * t / T)) / 2,
        "reversed": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * (1 - np.cos(np.pi * t / T)) / 2,
        "no-one": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * np.cos(np.pi * t / T),
        "sine": lambda lr, t, T, lr_min: lr_min + (lr - lr_min) * (1 + np.sin(np.pi * t / T)) / 2,
        "linear": lambda lr, t, T, lr_min: lr + (lr_min - lr) * t / T,
    },
}
