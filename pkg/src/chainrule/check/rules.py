"""Slips that can happen in any exercise: a stray factor, a sign, a transpose, an axis too many."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_, Message

__all__ = ["RULES", "Pair"]

_RTOL = 1e-5  # float32 answers still fit


@dataclass(frozen=True)
class Pair:
    """A wrong array beside the right one, and the axis sizes by letter."""

    got: NDArray[np.float64]
    expected: NDArray[np.float64]
    sizes: Mapping[str, int]

    def is_close(self, other: NDArray[np.float64]) -> bool:
        """Whether the wrong array is, for all purposes, this other one."""
        scale = float(np.abs(other).max(initial=0.0))
        return self.got.shape == other.shape and scale > 0 and bool(np.abs(self.got - other).max() <= _RTOL * scale)

    def is_times(self, factor: float) -> bool:
        """Whether the wrong array is the right one times a factor."""
        return self.is_close(factor * self.expected)


Rule = Callable[[Pair], Message | None]


def _all_zero(pair: Pair) -> Message | None:
    if pair.got.shape == pair.expected.shape and pair.expected.any() and not pair.got.any():
        return Message(N_("everything is 0: is the result ever filled in?"))
    return None


def _sign(pair: Pair) -> Message | None:
    return Message(N_("the sign is the wrong way round")) if pair.is_times(-1.0) else None


def _sum_for_mean(pair: Pair) -> Message | None:
    M = pair.sizes.get("M", 1)
    if M > 1 and pair.is_times(M):
        return Message(N_("M times too large: the mean over the batch is missing (divide by M)"))
    return None


def _mean_twice(pair: Pair) -> Message | None:
    M = pair.sizes.get("M", 1)
    if M > 1 and pair.is_times(1 / M):
        return Message(N_("M times too small: it is divided by the batch size twice"))
    return None


def _mean_over_more(pair: Pair) -> Message | None:
    M = pair.sizes.get("M", 1)
    for letter in ("K", "D"):
        size = pair.sizes.get(letter, 1)
        if size > 1 and size != M and pair.is_times(1 / size):
            text = N_("{letter} times too small: the mean is over the batch only, not over {letter}")
            return Message(text, {"letter": letter})
        if size > 1 and size != M and pair.is_times(M / size):
            return Message(N_("this divides by {letter}; the mean is over the batch, M"), {"letter": letter})
    return None


def _factor_2(pair: Pair) -> Message | None:
    if pair.is_times(0.5):
        return Message(N_("half of what it should be: a factor 2 is missing"))
    if pair.is_times(2.0):
        return Message(N_("twice what it should be: a factor 2 too much"))
    return None


def _log_base(pair: Pair) -> Message | None:
    for base in (2, 10):
        if pair.is_times(1 / np.log(base)):
            return Message(N_("this is the logarithm to base {base}; the notes' ln is np.log"), {"base": base})
    return None


def _complement(pair: Pair) -> Message | None:
    if np.ptp(pair.expected) > 0 and pair.is_close(1 - pair.expected):
        return Message(N_("this is 1 minus the right value: a sign inside is the wrong way round"))
    return None


def _transpose(pair: Pair) -> Message | None:
    if pair.got.ndim == 2 and min(pair.got.shape) > 1 and pair.is_close(pair.expected.T):
        return Message(N_("this is the transpose of the right answer"))
    return None


def _flip(pair: Pair) -> Message | None:
    if pair.got.ndim == 2 and pair.got.size > 1 and pair.is_close(np.flip(pair.expected)):
        return Message(N_("this is the right answer turned round by 180°"))
    return None


def _constant_factor(pair: Pair) -> Message | None:
    square = float(np.sum(pair.expected**2))
    if pair.got.size < 2 or pair.got.shape != pair.expected.shape or not square:
        return None
    ratio = float(np.sum(pair.got * pair.expected)) / square
    if abs(ratio) > _RTOL and pair.is_times(ratio):
        return Message(N_("every entry is the same multiple of the right one: a constant factor is wrong"))
    return None


def _shape(pair: Pair) -> Message | None:
    got, expected = pair.got, pair.expected
    if got.shape == expected.shape:
        return None
    if got.size == expected.size:
        return Message(N_("the right number of entries in another arrangement: is it a column, a row or a transpose?"))
    if got.ndim < expected.ndim:
        return Message(N_("an axis is gone: the sum or mean is taken over too much"))
    if got.ndim > expected.ndim:
        return Message(
            N_("an axis too many: a sum or mean is missing, or two arrays were broadcast against each other")
        )
    return None


def _not_finite(pair: Pair) -> Message | None:
    if np.isfinite(pair.got).all():
        return None
    return Message(
        N_("exp overflows above 709 and ln 0 is minus infinity: rearrange the formula so that neither happens")
    )


# The first that fits wins where nothing else decides: the more particular stand first.
RULES: Mapping[str, Rule] = {
    "not-finite": _not_finite,
    "shape": _shape,
    "all-zero": _all_zero,
    "sign": _sign,
    "sum-for-mean": _sum_for_mean,
    "mean-twice": _mean_twice,
    "mean-over-more": _mean_over_more,
    "factor-2": _factor_2,
    "log-base": _log_base,
    "complement": _complement,
    "transpose": _transpose,
    "flip": _flip,
    "constant-factor": _constant_factor,
}
