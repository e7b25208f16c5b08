"""Arithmetic of convolutions, also transposed: sizes and overlaps are those that the package computes."""

import numpy as np
import pytest
from chainrule.ops import conv2d
from chainrule.shapes import output_size, transposed_size
from chainrule.viz import (
    convolution_arithmetic,
    transposed_arithmetic,
)
from matplotlib.colors import to_hex


def coloured(axis, colour):
    """Cells of one colour in a drawing of cells, as (row, column)."""
    cells = [patch for patch in axis.patches if patch.get_fill() and to_hex(patch.get_facecolor()) == colour]
    return sorted((round(cell.get_y() + 0.5), round(cell.get_x() + 0.5)) for cell in cells)


TAP, UNUSED = "#1f5dad", "#e9c46a"


@pytest.mark.parametrize("n", [5, 8])
@pytest.mark.parametrize(("k", "stride", "pad", "dilation"), [(3, 1, 0, 1), (3, 2, 1, 1), (2, 3, 0, 2), (1, 4, 2, 1)])
def test_the_explorer_shows_the_size_that_the_package_computes(n, k, stride, pad, dilation):
    figure = convolution_arithmetic(n, k, stride, pad, dilation, step=1)
    size = output_size(n, k, stride, 2 * pad, dilation)
    assert figure.get_suptitle().endswith(f"= {size}")
    assert figure.axes[1].get_title() == f"z  {size}×{size}"
    left = stride if size > 1 else 0
    taps = [(i * dilation, left + j * dilation) for i in range(k) for j in range(k)]
    assert coloured(figure.axes[0], TAP) == sorted(taps)


def test_pixels_that_no_window_reaches_are_yellow():
    figure = convolution_arithmetic(n=4, k=3, stride=2)
    assert coloured(figure.axes[0], UNUSED) == [(0, 3), (1, 3), (2, 3), (3, 0), (3, 1), (3, 2), (3, 3)]
    assert coloured(convolution_arithmetic(n=5, k=3, stride=2).axes[0], UNUSED) == []


def test_a_window_that_does_not_fit_is_said_not_drawn():
    figure = convolution_arithmetic(n=3, k=5)
    assert figure.get_suptitle().endswith("(no window fits)")
    assert coloured(figure.axes[0], TAP) == []


@pytest.mark.parametrize(("n", "k", "stride"), [(1, 3, 2), (3, 3, 2), (4, 2, 3)])
def test_the_transposed_explorer_counts_overlaps_as_the_adjoint_of_ones_does(n, k, stride):
    figure = transposed_arithmetic(n, k, stride, step=n * n - 1)
    H = transposed_size(n, k, stride)
    counts = np.zeros((H, H))
    for text in figure.axes[1].texts:
        column, row = text.get_position()
        counts[row, column] = float(text.get_text())
    # the matrix of the convolution with ones, summed over its rows
    pixels = np.eye(H * H).reshape(H * H, H, H, 1)
    expected = conv2d(pixels, np.ones((k, k, 1, 1)), strides=stride).sum(axis=(1, 2, 3)).reshape(H, H)
    assert np.array_equal(counts, expected)
