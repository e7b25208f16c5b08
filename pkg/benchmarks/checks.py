"""What each candidate computes, compared with a truth before anything is timed."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import peers
from cases import Convolution
from chainrule.shapes import window_axes
from im2col import conv, conv_grad_filter, conv_grad_input

__all__ = ["checked", "checked_convolution"]

Runs = dict[str, Callable[[], Any]]
TOLERANCE = {"float32": 1e-4, "float64": 1e-11}  # of the largest entry: sums of thousands of terms, in any order


def check(results: Runs, expected: np.ndarray, what: str, tolerance: float) -> None:
    """Stop where a candidate's result is another one."""
    for name, call in results.items():
        got = np.asarray(call(), np.float64)
        error = np.abs(got - expected).max() / np.abs(expected).max() if got.shape == expected.shape else math.inf
        if not error <= tolerance:
            raise SystemExit(f"{name} computes another {what}: relative error {error:.1e}")


def expected_convolution(case: Convolution, kind: str, dtype: str, even: bool) -> np.ndarray:
    """By NumPy's im2col in float64. `even`: with PyTorch's even padding instead of SAME's."""
    x, w, delta = (a.astype(np.float64) for a in peers.data(case, dtype))
    pad = peers.torch_padding(case, case.dilation)
    padding = ((pad, pad), (pad, pad)) if even else case.padding
    axes = window_axes((case.H, case.W), (case.size,) * 2, (case.stride,) * 2, padding, (case.dilation,) * 2)
    if kind == "forward":
        return conv(x, w, *axes)
    return conv_grad_input(delta, w, *axes) if kind == "input" else conv_grad_filter(x, delta, *axes)


def checked_convolution(case: Convolution, kind: str, dtype: str) -> Runs:
    """What to time, {candidate: a call}, once all of them have given the right result."""
    setup = peers.convolution(case, dtype, kind)
    for by_torch in (False, True):
        results = {name: call for name, call in setup["result"].items() if name.startswith("torch") == by_torch}
        expected = expected_convolution(case, kind, dtype, even=by_torch)
        check(results, expected, f"{case.name} {kind} {dtype}", TOLERANCE[dtype])
    return setup["run"]


def checked(
    what: str, setup: dict[str, dict[str, Callable[[], Any]]], tolerance: float
) -> dict[str, Callable[[], Any]]:
    """The same for a pool or a matrix product, whose truth is PyTorch."""
    truth = next(call for name, call in setup["result"].items() if name.startswith("torch"))
    check(setup["result"], np.asarray(truth(), np.float64), what, tolerance)
    return setup["run"]
