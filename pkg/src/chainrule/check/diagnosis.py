"""Which mistake fits: got and expected are compared with what a list of common slips would have produced."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_, Finding, Message

__all__ = ["diagnose"]

_RTOL = 1e-4


@dataclass(frozen=True)
class _Pair:
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


def diagnose(finding: Finding, sizes: Mapping[str, int]) -> Finding:
    """The same finding with the likeliest mistake named, if one fits.

    Args:
        finding: of stage "values" or "gradient"; others come back unchanged.
        sizes: axis sizes by letter, `M` first of all, whose reciprocals are the usual stray factors.

    >>> wrong = Finding("values", Message("..."), None, None, np.array([4.0, 8.0]), np.array([1.0, 2.0]))
    >>> diagnose(wrong, {"M": 4}).diagnosis
    'sum-for-mean'
    """
    if finding.diagnosis or finding.got is None or finding.expected is None:
        return finding
    pair = _Pair(np.asarray(finding.got, np.float64), np.asarray(finding.expected, np.float64), sizes)
    for identifier, rule in _RULES.items():
        hint = rule(pair)
        if hint is not None:
            return replace(finding, diagnosis=identifier, hint=hint)
    return finding


def _zero(pair: _Pair) -> Message | None:
    if pair.expected.any() and not pair.got.any():
        return Message(N_("everything is 0: is the result ever filled in?"))
    return None


def _sign(pair: _Pair) -> Message | None:
    return Message(N_("the sign is the wrong way round")) if pair.is_times(-1.0) else None


def _sum(pair: _Pair) -> Message | None:
    M = pair.sizes.get("M", 1)
    if M > 1 and pair.is_times(M):
        return Message(N_("M times too large: the mean over the batch is missing (divide by M)"))
    return None


def _twice(pair: _Pair) -> Message | None:
    M = pair.sizes.get("M", 1)
    if M > 1 and pair.is_times(1 / M):
        return Message(N_("M times too small: it is divided by the batch size twice"))
    return None


def _more(pair: _Pair) -> Message | None:
    for letter in ("K", "H", "D"):
        size = pair.sizes.get(letter, 1)
        if size not in (1, 2, pair.sizes.get("M")) and pair.is_times(1 / size):
            text = N_("{letter} times too small: the mean is over the batch only, not over {letter}")
            return Message(text, {"letter": letter})
    return None


def _two(pair: _Pair) -> Message | None:
    if pair.is_times(0.5):
        return Message(N_("half of what it should be: a factor 2 is missing"))
    if pair.is_times(2.0):
        return Message(N_("twice what it should be: a factor 2 too much"))
    return None


def _logarithm(pair: _Pair) -> Message | None:
    for base in (2, 10):
        if pair.is_times(1 / np.log(base)):
            return Message(N_("this is the logarithm to base {base}; the notes' ln is np.log"), {"base": base})
    return None


def _complement(pair: _Pair) -> Message | None:
    if np.ptp(pair.expected) > 0 and pair.is_close(1 - pair.expected):
        return Message(N_("this is 1 minus the right value: a sign inside is the wrong way round"))
    return None


def _transpose(pair: _Pair) -> Message | None:
    if pair.got.ndim == 2 and min(pair.got.shape) > 1 and pair.is_close(pair.expected.T):
        return Message(N_("this is the transpose of the right answer"))
    return None


def _flip(pair: _Pair) -> Message | None:
    if pair.got.ndim and pair.got.size > 1 and pair.is_close(np.flip(pair.expected)):
        return Message(N_("this is the right answer turned round by 180°"))
    return None


def _constant(pair: _Pair) -> Message | None:
    square = float(np.sum(pair.expected**2))
    ratio = float(np.sum(pair.got * pair.expected)) / square if square else 0.0
    if pair.got.size > 2 and abs(ratio) > _RTOL and pair.is_times(ratio):
        return Message(N_("every entry is {ratio} times the right one"), {"ratio": f"{ratio:.4g}"})
    return None


# The first that fits wins: the more particular stand first.
_RULES: dict[str, Callable[[_Pair], Message | None]] = {
    "all-zero": _zero,
    "sign": _sign,
    "sum-for-mean": _sum,
    "mean-twice": _twice,
    "mean-over-more": _more,
    "factor-2": _two,
    "log-base": _logarithm,
    "complement": _complement,
    "transpose": _transpose,
    "flip": _flip,
    "constant-factor": _constant,
}
