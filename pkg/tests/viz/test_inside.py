"""The pictures of a network at work show its numbers."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.viz import inside

RNG = np.random.default_rng(0)


W, A1, A2 = RNG.standard_normal((3, 3, 4)), RNG.random((8, 6, 4)), RNG.random((4, 3, 6))


P = np.array([0.1, 0.7, 0.2])


def test_every_filter_and_map_is_there_on_the_scale_of_its_kind():
    image = RNG.random((8, 6))
    figure = inside(image, W, A1, A2, P, title="a digit")
    shown = [axis.images[0] for axis in figure.axes if axis.images]
    expected = [image, *np.moveaxis(W, 2, 0), *np.moveaxis(A1, 2, 0), *np.moveaxis(A2, 2, 0)]
    assert len(shown) == len(expected)
    for picture, values in zip(shown, expected, strict=True):
        np.testing.assert_array_equal(picture.get_array(), values)
    assert {picture.get_clim() for picture in shown[1:5]} == {(-np.abs(W).max(), np.abs(W).max())}
    assert {picture.get_clim() for picture in shown[5:9]} == {(0, A1.max())}
    assert {picture.get_clim() for picture in shown[9:]} == {(0, A2.max())}
    bars = figure.axes[-1].patches
    assert [bar.get_width() for bar in bars] == P.tolist()
    assert bars[1].get_facecolor() != bars[0].get_facecolor() == bars[2].get_facecolor()


def test_a_silent_network_has_a_scale_too():
    figure = inside(np.zeros((8, 6)), 0 * W, 0 * A1, 0 * A2, P)
    assert {axis.images[0].get_clim() for axis in figure.axes[5:-1]} == {(0.0, 1.0)}


@pytest.mark.parametrize("filters", [W[..., :3], W[..., None]])
def test_filters_that_are_not_those_of_the_maps_are_refused(filters):
    with pytest.raises(ShapeError, match="do not belong together"):
        inside(np.zeros((8, 6)), filters, A1, A2, P)
