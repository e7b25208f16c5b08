"""What feature maps respond to: patches from where a map is largest."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.ops import conv2d
from chainrule.viz import (
    feature_maps,
    strongest_patches,
    what_maps_like,
)


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
