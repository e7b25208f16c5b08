"""Zeros, windows and wires as they are drawn, against windows put down one by one and against `chainrule.ops`."""

import numpy as np
import pytest
from chainrule import ops
from chainrule.errors import ShapeError
from chainrule.viz import connections, padded_axis
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

AXES = [
    # n, k, stride, dilation, padding
    (6, 3, 2, 1, "SAME"),
    (7, 3, 2, 1, "SAME"),
    (5, 4, 1, 1, "SAME"),
    (9, 1, 4, 1, "SAME"),
    (8, 2, 3, 3, "SAME"),
    (8, 3, 2, 1, "VALID"),
    (9, 2, 1, 3, "VALID"),
]


PIXEL, ZERO, ODD, UNUSED = "#9dbfe8", "#e5e7eb", "#f2a25c", "#e9c46a"


def squares(axes, row):
    """Colour of each square of a row, by the pixel on which it is centred."""
    found = {}
    for patch in axes.patches:
        if isinstance(patch, Rectangle) and abs(patch.get_y() + 0.46 - row) < 1e-9:
            found[round(patch.get_x() + 0.46)] = to_hex(patch.get_facecolor())
    return dict(sorted(found.items()))


@pytest.mark.parametrize(("n", "k", "stride", "dilation", "padding"), AXES)
def test_every_drawn_window_meets_the_pixels_that_the_convolution_meets(n, k, stride, dilation, padding):
    alone, taps = np.eye(n).reshape(n, 1, n, 1), np.arange(1.0, k + 1).reshape(1, k, 1, 1)
    seen = ops.conv2d(alone, taps, strides=(1, stride), dilations=(1, dilation), padding=padding)[:, 0, :, 0]
    axes = padded_axis(n, k, stride, dilation, padding).axes[0]
    for position, column in enumerate(seen.T):
        drawn = [j for j in squares(axes, 1.4 + position) if 0 <= j < n]
        assert drawn == list(np.flatnonzero(column))
    assert not squares(axes, 1.4 + seen.shape[1])


def test_the_odd_zero_has_its_own_colour_and_stands_after():
    axis = squares(padded_axis(6, 4, 1, 1, "SAME").axes[0], 0)
    assert list(axis.values()) == [ZERO, *[PIXEL] * 6, ZERO, ODD]


def test_pixels_that_no_window_reaches_are_marked():
    axis = squares(padded_axis(9, 3, 4, 1, "VALID").axes[0], 0)
    assert [j for j, colour in axis.items() if colour == UNUSED] == [7, 8]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((6, 3, 1, 1, "SAME"), "in the notes:  input = output = 6"),
        ((6, 3, 2, 1, "SAME"), "in the notes:  input = output = 6,  not 3"),
        ((7, 3, 2, 1, "VALID"), "in the notes:  (7 − 3) / 2 + 1 = 3"),
        ((8, 3, 2, 1, "VALID"), "in the notes:  (8 − 3) / 2 + 1 = 3.5,  not 3"),
    ],
)
def test_the_notes_are_quoted_and_corrected_only_where_they_differ(arguments, says):
    title = padded_axis(*arguments).axes[0].title
    assert title.get_text() == says
    assert (to_hex(title.get_color()) == "#b42318") == ("not" in says.split(":")[1])


def test_a_window_that_does_not_fit_is_said_to():
    assert padded_axis(3, 5, 1, 1, "VALID").get_suptitle() == "a window of 5 does not fit on 3 pixels"
    assert connections(3, 5, 1, "VALID").get_suptitle() == "no window fits"


@pytest.mark.parametrize(("n", "k", "stride", "dilation", "padding"), [case for case in AXES if case[3] == 1])
def test_the_drawn_matrix_is_the_matrix_of_the_convolution(n, k, stride, dilation, padding):
    taps = np.arange(1.0, k + 1).reshape(1, k, 1, 1)
    matrix = ops.conv2d(np.eye(n).reshape(n, 1, n, 1), taps, strides=(1, stride), padding=padding)[:, 0, :, 0]
    figure = connections(n, k, stride, padding, output=99)
    drawn = np.zeros_like(matrix)
    for text in figure.axes[1].texts:
        i, j = text.get_position()
        drawn[j, i] = int(text.get_text().strip("$\\omega_")) + 1
    np.testing.assert_array_equal(drawn, matrix)
    thick = [line for line in figure.axes[0].lines if line.get_linewidth() == 3.0]
    assert len(thick) == np.count_nonzero(matrix[:, -1])
    assert figure.get_suptitle().startswith(f"{np.count_nonzero(matrix)} wire")


def test_another_word_and_a_window_of_nothing_are_refused():
    with pytest.raises(ShapeError, match="FULL"):
        padded_axis(padding="FULL")
    with pytest.raises(ShapeError, match="k=0"):
        connections(k=0)
