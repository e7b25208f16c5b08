"""Diagnosis of a wrong value: it is compared with what each known mistake would have produced."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes import known_mistakes
from chainrule.check.record import Finding, Message
from chainrule.check.rules import RULES, Pair
from chainrule.check.signature import Signature

__all__ = ["likeliest", "suspects"]

_WITHOUT_ROWS = ("theta", "grad", "m", "s", "v")  # parameters, and what an optimiser keeps beside them


def suspects(finding: Finding, signature: Signature, arguments: tuple[Any, ...]) -> dict[str, Message]:
    """Every mistake that would have produced this wrong value, by identifier: the exercise's own, then common slips.

    >>> from chainrule.check.stages import values_finding
    >>> wrong = values_finding("y", np.array([4.0, 8.0]), np.array([1.0, 2.0]))
    >>> list(suspects(wrong, Signature.parse("f(x) -> y"), (np.zeros((4, 3)),)))
    ['sum-for-mean', 'constant-factor']
    """
    if finding.got is None:
        return {}
    fitting: dict[str, Message] = {}
    for name, (sentence, replica) in known_mistakes(signature.name, signature.arguments).items():
        wrong = _replica_value(replica, signature, arguments, finding.label)
        if wrong is not None and _alike(np.asarray(finding.got, np.float64), wrong):
            fitting[name] = Message(sentence)
    if finding.expected is not None:
        pair = Pair(
            np.asarray(finding.got, np.float64), np.asarray(finding.expected, np.float64), _sizes(signature, arguments)
        )
        for name, rule in RULES.items():
            hint = rule(pair)
            if hint is not None:
                fitting.setdefault(name, hint)
    return fitting


def likeliest(findings: Sequence[Finding | None]) -> list[Finding | None]:
    """The same findings, each with the suspect that explains most of them as its diagnosis.

    At special inputs several mistakes look alike; the one that also fits elsewhere is the better guess.
    """
    votes = Counter(name for finding in findings if finding is not None for name in finding.suspects)
    return [None if finding is None else _with_diagnosis(finding, votes) for finding in findings]


def _with_diagnosis(finding: Finding, votes: Mapping[str, int]) -> Finding:
    if not finding.suspects:
        return finding
    best = max(finding.suspects, key=lambda name: votes[name])  # the first of the most frequent
    return replace(finding, diagnosis=best, hint=finding.suspects[best])


def _replica_value(
    replica: Callable[..., Any], signature: Signature, arguments: tuple[Any, ...], label: str
) -> NDArray[np.float64] | None:
    try:
        values = signature.named(replica(*arguments))
        return np.asarray(values[label], np.float64) if label in values else None
    except (ArithmeticError, IndexError, TypeError, ValueError):  # a formula need not fit every input
        return None


def _alike(got: NDArray[np.float64], wrong: NDArray[np.float64]) -> bool:
    # Many different mistakes end in nan at the same place: only numbers are evidence.
    if got.shape != wrong.shape or not got.size or not np.isfinite(wrong).all():
        return False
    # 1e-5: float32 answers still agree, and mistakes that differ by a factor of 1 + 1e-3 are told apart
    return bool(np.abs(got - wrong).max() <= 1e-5 * float(np.abs(wrong).max()))


def _sizes(signature: Signature, arguments: tuple[Any, ...]) -> dict[str, int]:
    """M is the length of the first array with rows, D that of a row of x, K that of a row of y or z."""
    sizes: dict[str, int] = {}
    for name, value in zip(signature.arguments, arguments, strict=False):
        if isinstance(value, np.ndarray) and value.ndim:
            if name not in _WITHOUT_ROWS:
                sizes.setdefault("M", value.shape[0])
            if value.ndim == 2 and name in ("x", "y", "z"):
                sizes["D" if name == "x" else "K"] = value.shape[1]
    return sizes
