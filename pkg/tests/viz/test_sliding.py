"""A kernel over an image: windows, sums so far and filtered images show the correlation."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.ops import conv2d
from chainrule.viz import (
    filtered,
    side_by_side,
    sliding_window,
)


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
