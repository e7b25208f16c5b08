"""Curves keep their values; the logistic function, its derivative and the losses' pull are what they are."""

import numpy as np
from chainrule.viz import (
    curves,
    logistic_function,
    pull_of_losses,
)


def test_curves_keep_their_values_and_names():
    axis = curves({"a": [3.0, 2.0], "b": [1.0, 0.5, 0.25]}, log=True).axes[0]
    assert [line.get_label() for line in axis.lines] == ["a", "b"]
    assert axis.lines[1].get_ydata().tolist() == [1.0, 0.5, 0.25]
    assert axis.get_yscale() == "log"


def test_the_squared_errors_pull_dies_out_where_the_cross_entropys_does_not():
    slopes = {line.get_label(): line.get_ydata() for line in pull_of_losses().axes[1].lines}
    assert abs(slopes["squared error"][0]) < 1e-3
    assert slopes["cross entropy"][0] < -0.999


def test_the_logistic_functions_derivative_is_its_slope():
    value, slope = (line.get_ydata() for line in logistic_function().axes[0].lines[:2])
    z = logistic_function().axes[0].lines[0].get_xdata()
    assert np.allclose(np.gradient(value, z)[1:-1], slope[1:-1], atol=1e-3)
