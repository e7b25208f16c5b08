"""The stages of one check, each a pure function: a value in, the first Finding or None out."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.calling import Call
from chainrule.check.record import N_, Finding, Message
from chainrule.gradcheck import compare_entries, directional_error, numerical_gradient

__all__ = ["array_finding", "call_finding", "gradient_finding", "is_stub", "values_finding"]


def is_stub(attempt: Call) -> bool:
    """Whether the call met an empty stub, in this exercise or in one that it calls."""
    return attempt.error == "NotImplementedError"


def call_finding(attempt: Call, arguments: tuple[str, ...]) -> Finding | None:
    """Stages 1 and 3: it ran, and left its arguments as they were."""
    if is_stub(attempt):
        return Finding("done", Message(N_("not done yet")), "not-done")
    if attempt.error == "NameError":
        return Finding(
            "call",
            Message(N_("it uses a name that does not exist here: {text}"), {"text": attempt.error_text}),
            "unknown-name",
        )
    if attempt.error:
        return Finding(
            "call",
            Message(N_("it raises {error}: {text}"), {"error": attempt.error, "text": attempt.error_text}),
            "raises",
        )
    if attempt.changed:
        names = ", ".join(arguments[i] if i < len(arguments) else str(i) for i in attempt.changed)
        return Finding(
            "arguments",
            Message(N_("it changes its argument {names}; work on a copy instead"), {"names": names}),
            "argument-changed",
        )
    return None


def array_finding(label: str, got: object, expected: NDArray[Any]) -> Finding | None:
    """Stage 2 for one value: an array or number of the right shape and kind, finite."""
    try:
        array = np.asarray(got)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "fiub":
        text = Message(
            N_("{label} must be an array of real numbers, not {got}"),
            {"label": label, "got": str(array.dtype) if isinstance(got, np.ndarray) else type(got).__name__},
        )
        return Finding("structure", text, "not-numeric")
    if array.shape != expected.shape:
        gaps = {"label": label, "got": array.shape, "expected": expected.shape}
        return Finding(
            "structure",
            Message(N_("{label} has shape {got}, expected {expected}"), gaps),
            "shape",
            None,
            array,
            expected,
            label,
        )
    if expected.dtype.kind in "iu" and array.dtype.kind not in "iu":
        gaps = {"label": label, "got": str(array.dtype)}
        return Finding("structure", Message(N_("{label} must be integers, not {got}"), gaps), "not-integer")
    if expected.dtype.kind == "f" and array.dtype.kind != "f" and array.ndim:
        gaps = {"label": label, "got": str(array.dtype)}
        return Finding(
            "structure", Message(N_("{label} is stored as {got}: the fractions are cut off"), gaps), "integer-buffer"
        )
    if not np.isfinite(array).all():
        index = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        gaps = {"label": label, "got": array[index], "index": list(index) if index else ""}
        text = Message(N_("{label}{index} is {got}, not a finite number"), gaps)
        return Finding("structure", text, "not-finite", None, array, expected, label)
    return None


def values_finding(
    label: str, got: object, expected: NDArray[Any], rtol: float = 1e-6, atol: float = 1e-8
) -> Finding | None:
    """Stages 2 and 4 for one value: form, then agreement with the oracle."""
    malformed = array_finding(label, got, expected)
    if malformed is not None:
        return malformed
    comparison = compare_entries(got, expected, rtol, atol)  # type: ignore[arg-type]
    if comparison.passed:
        return None
    return _disagreement("values", label, np.asarray(got), expected, rtol, atol)


def gradient_finding(
    label: str,
    got: object,
    f: Callable[[NDArray[np.float64]], float],
    x: NDArray[np.float64],
    rng: np.random.Generator,
    rtol: float = 1e-6,
) -> Finding | None:
    """Stages 2, 5 and 6 for one gradient: form, random directions, and entry by entry only if those disagree."""
    malformed = array_finding(label, got, x)
    if malformed is not None:
        return malformed
    array = np.asarray(got, dtype=np.float64)
    # A tenth of the tolerance: an entry that is small beside the others still shows in the contraction.
    if directional_error(f, array, x, rng) <= rtol / 10:
        return None
    slopes = numerical_gradient(f, x)
    # Many tiny errors add up along a direction; entry by entry they may all be within the tolerance.
    if compare_entries(array, slopes, rtol, 1e-9).passed:
        return None
    return _disagreement("gradient", label, array, slopes, rtol, 1e-9)


def _disagreement(
    stage: str, label: str, got: NDArray[Any], expected: NDArray[Any], rtol: float, atol: float
) -> Finding:
    comparison = compare_entries(got, expected, rtol, atol)
    gaps: dict[str, Any] = {"label": label, "got": f"{comparison.got:.6g}", "expected": f"{comparison.expected:.6g}"}
    if gaps["got"] == gaps["expected"]:
        gaps |= {"got": f"{comparison.got:.12g}", "expected": f"{comparison.expected:.12g}"}
    if got.ndim == 0:
        message = Message(N_("{label} is {got}, expected {expected}"), gaps)
    else:
        gaps |= {"index": list(comparison.index), "wrong": comparison.wrong, "size": comparison.size}
        message = Message(N_("{label}{index} is {got}, expected {expected} ({wrong} of {size} entries differ)"), gaps)
    return Finding(stage, message, None, None, got, expected, label)
