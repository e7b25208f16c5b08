"""Derivatives of one variable: difference quotients and how good they are, and ReLU with its slope."""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from chainrule.viz.canvas import CLASSES, canvas

__all__ = ["difference_quotients", "relu_and_slope"]

_POINT = 0.6


def difference_quotients(exponent: float = -0.5) -> Figure:
    """Left two chords of f(x) = exp(x) sin 2x for h = 10^exponent, right the errors of their slopes for every h.

    Args:
        exponent: of h, from -15 to 0.

    >>> difference_quotients(-3.0).get_suptitle()
    'h = 1e-03:   error of the central quotient 3e-06,  of the one-sided 1e-03'
    """
    h = 10.0**exponent
    figure, axes = canvas(2, size=(4.2, 3.4))
    curve, errors = axes[0]
    x = np.linspace(-0.6, 1.8, 300)
    curve.plot(x, _f(x), color="#374151", linewidth=1.8)
    for left, right, colour in ((_POINT - h, _POINT + h, CLASSES[0]), (_POINT, _POINT + h, CLASSES[1])):
        slope = (_f(right) - _f(left)) / (right - left)
        curve.axline((left, float(_f(left))), slope=float(slope), color=colour, linewidth=1.3)
        curve.plot([left, right], _f(np.array([left, right])), "o", color=colour, markersize=4.5)
    curve.set(xlim=(-0.6, 1.8), ylim=(-1.2, 3.2), xlabel="x", title=r"$f(x) = e^x \sin 2x$ at $x = 0.6$")
    steps = 10.0 ** np.arange(-15.0, 0.01, 0.25)
    central, one_sided = (np.maximum(_errors(steps, sides), 1e-16) for sides in (2, 1))
    errors.loglog(steps, central, color=CLASSES[0], linewidth=1.5, label="central")
    errors.loglog(steps, one_sided, color=CLASSES[1], linewidth=1.5, label="one-sided")
    here = [float(np.maximum(_errors(np.array([h]), sides)[0], 1e-16)) for sides in (2, 1)]
    errors.loglog([h, h], here, "o", color="#374151", markersize=5)
    errors.set(xlabel="h", title="error of the slope")
    errors.legend(loc="lower left")  # on the left the chords swing through every corner
    figure.suptitle(
        f"h = {h:.0e}:   error of the central quotient {here[0]:.0e},  of the one-sided {here[1]:.0e}", fontsize=10
    )
    return figure


def relu_and_slope() -> Figure:
    """ReLU, and its derivative with the notes' value 1 at the kink.

    >>> relu_and_slope().axes[1].get_title()
    "F'(z),  with F'(0) = 1"
    """
    figure, axes = canvas(2, size=(3.2, 2.5))
    value, slope = axes[0]
    z = np.linspace(-2, 2, 5)
    value.plot(z, np.maximum(z, 0), color=CLASSES[0], linewidth=2)
    value.set(xlabel="z", title="F(z) = max(0, z)")
    for ends, height in (((-2, 0), 0), ((0, 2), 1)):
        slope.plot(ends, [height, height], color=CLASSES[1], linewidth=2)
    slope.plot([0], [0], "o", color=CLASSES[1], markerfacecolor="white", markersize=6)
    slope.plot([0], [1], "o", color=CLASSES[1], markersize=6)
    slope.set(xlabel="z", title="F'(z),  with F'(0) = 1", ylim=(-0.3, 1.6), yticks=[0, 1])
    return figure


def _f(x: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(np.exp(x) * np.sin(2 * np.asarray(x)))


def _errors(h: NDArray[np.float64], sides: int) -> NDArray[np.float64]:
    """Distance between the quotient to one or both sides and the derivative."""
    exact = np.exp(_POINT) * (np.sin(2 * _POINT) + 2 * np.cos(2 * _POINT))
    low = _POINT - h if sides == 2 else np.full_like(h, _POINT)
    return np.asarray(np.abs((_f(_POINT + h) - _f(low)) / (sides * h) - exact))
