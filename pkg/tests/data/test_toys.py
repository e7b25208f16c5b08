"""Toy sets have the geometry that their names promise."""

import numpy as np
import pytest
from chainrule.data import blobs, moons, rings, spiral
from chainrule.errors import DataError


@pytest.mark.parametrize("make", [blobs, moons, rings, spiral])
def test_toy_sets_repeat_for_a_seed_and_balance_their_classes(make):
    x, y = make(np.random.default_rng(7), M=60)
    again, _ = make(np.random.default_rng(7), M=60)
    assert np.array_equal(x, again)
    assert x.shape == (60, 2)
    assert len(set(np.bincount(y).tolist())) == 1


def test_blobs_can_be_parted_by_a_line_and_moons_cannot():
    def best_line(x, y):
        design = np.c_[x, np.ones(len(x))]
        weights, *_ = np.linalg.lstsq(design, 2.0 * y - 1, rcond=None)
        return np.mean((design @ weights > 0) == y)

    assert best_line(*blobs(np.random.default_rng(0), M=400, spread=0.4)) == 1.0
    assert best_line(*moons(np.random.default_rng(0), M=400, noise=0.0)) < 0.95


@pytest.mark.parametrize("bad", [{"M": 0}, {"noise": -1.0}])
def test_a_toy_set_that_cannot_be_drawn_is_refused(bad):
    with pytest.raises(DataError):
        moons(np.random.default_rng(0), **bad)
