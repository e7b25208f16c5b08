"""Figures of the convolution notebook show the numbers that they are about."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.ops import conv2d
from chainrule.shapes import output_size, transposed_size
from chainrule.viz import (
    convolution_arithmetic,
    feature_maps,
    filtered,
    side_by_side,
    sliding_window,
    strongest_patches,
    transposed_arithmetic,
    what_maps_like,
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


def test_the_sliding_window_shows_the_correlation_so_far():
    image, kernel = np.arange(20.0).reshape(4, 5) / 4, np.array([[1.0, -2.0], [0.5, 3.0]])
    axis = sliding_window(image, kernel, position=5).axes[2]
    shown = {(round(t.get_position()[1]), round(t.get_position()[0])): float(t.get_text()) for t in axis.texts}
    z = conv2d(image[None, :, :, None], kernel[:, :, None, None])[0, :, :, 0]
    assert set(shown) == {(p, q) for p in range(3) for q in range(4) if 4 * p + q <= 5}
    assert all(abs(value - z[index]) < 0.006 for index, value in shown.items())


@pytest.mark.parametrize("draw", [filtered, sliding_window])
@pytest.mark.parametrize("kernel", [np.ones((5, 2)), np.ones(3), np.ones((0, 1))])
def test_a_kernel_that_does_not_fit_is_refused(draw, kernel):
    with pytest.raises(ShapeError, match="does not fit"):
        draw(np.zeros((4, 4)), kernel)


def test_filtered_shows_the_valid_correlation():
    image, kernel = np.random.default_rng(0).random((9, 7)), np.array([[1.0, 0.0, -1.0]])
    drawn = filtered(image, kernel).axes[2].images[0].get_array()
    assert np.allclose(drawn, image[:, :-2] - image[:, 2:])


def test_colours_signs_and_greys_are_told_apart():
    maps = [axis.images[0] for axis in side_by_side({"g": np.eye(3), "s": -np.eye(3), "c": np.ones((3, 3, 3))}).axes]
    assert [image.get_cmap().name for image in maps[:2]] == ["gray", "RdBu_r"]
    assert maps[2].get_array().shape == (3, 3, 3)


def test_the_strongest_patches_are_where_the_map_is_largest():
    rng = np.random.default_rng(1)
    x, w = rng.random((6, 7, 8)), rng.standard_normal((3, 2, 1, 4))
    maps = conv2d(x[..., None], w)
    found = strongest_patches(x, maps, count=6)
    assert found.shape == (4, 6, 3, 2)
    answers = np.einsum("kirs,rsk->ki", found, w[:, :, 0])
    assert np.allclose(answers, np.sort(maps.max(axis=(1, 2)), axis=0)[::-1].T)


@pytest.mark.parametrize(("x", "maps", "count"), [((2, 4, 4), (3, 2, 2, 1), 1), ((2, 4, 4), (2, 2, 2, 1), 3)])
def test_images_of_other_maps_are_refused(x, maps, count):
    with pytest.raises(ShapeError, match="belong together"):
        strongest_patches(np.zeros(x), np.zeros(maps), count)


def test_every_map_has_its_row_or_its_picture():
    assert len(what_maps_like(np.zeros((3, 4, 5, 5)), np.ones((5, 5, 3))).axes) == 15
    figure = feature_maps(np.eye(8), np.random.default_rng(0).random((6, 6, 11)), columns=4)
    assert [axis.get_title() for axis in figure.axes] == ["x", *map(str, range(11))]
