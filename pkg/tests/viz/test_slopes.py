"""Difference quotients and ReLU's slope, as they are drawn."""

import numpy as np
from chainrule.viz import difference_quotients, relu_and_slope


def test_the_central_quotients_error_falls_with_the_square_of_h():
    central, one_sided = (line.get_ydata() for line in difference_quotients().axes[1].lines[:2])
    h = difference_quotients().axes[1].lines[0].get_xdata()
    from_, to = np.searchsorted(h, [0.9e-4, 0.9e-2])
    assert np.isclose(np.log10(central[to] / central[from_]), 4, atol=0.05)
    assert np.isclose(np.log10(one_sided[to] / one_sided[from_]), 2, atol=0.05)


def test_both_chords_pass_through_the_curve():
    curve = difference_quotients(-0.5).axes[0]
    for dots in [line for line in curve.lines if line.get_marker() == "o"]:
        x, y = np.asarray(dots.get_xdata()), np.asarray(dots.get_ydata())
        assert np.allclose(y, np.exp(x) * np.sin(2 * x))
        assert np.isclose(np.ptp(x), 10**-0.5 * (2 if x.min() < 0.5 else 1))


def test_relus_slope_is_one_at_the_kink():
    value, slope = relu_and_slope().axes
    assert np.allclose(value.lines[0].get_ydata(), [0, 0, 0, 1, 2])
    filled = [line for line in slope.lines if line.get_marker() == "o" and line.get_markerfacecolor() != "white"]
    assert [(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in filled] == [(0.0, 1.0)]
