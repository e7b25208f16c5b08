"""The digits are what they claim to be, and the toy sets have the geometry that their names promise."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from chainrule.data import blobs, digits, hopper, moons, one_hot, rings, spiral
from chainrule.errors import DataError


def test_the_three_parts_of_the_digits_make_up_the_whole_and_share_no_image():
    parts = [digits(split)[0] for split in ("train", "validation", "test")]
    assert [len(x) for x in parts] == [1197, 300, 300]
    assert np.array_equal(np.concatenate(parts), digits("all")[0])
    seen = [{image.tobytes() for image in x} for x in parts]
    assert len(seen[0] | seen[1] | seen[2]) == len(digits("all")[0])


def test_the_digits_agree_with_the_totals_of_the_published_file():
    x, y = digits("all")
    # Facts of optdigits.tes: instances of each class, and the sum of all pixels.
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert x.dtype == np.float64
    assert int((16 * x).sum()) == 561718


def test_every_class_is_in_every_part():
    for split in ("train", "validation", "test"):
        assert set(digits(split)[1].tolist()) == set(range(10))


def test_a_nearest_mean_classifier_reads_most_digits():
    """Labels belong to their images: shuffled apart, this would reach 10 %."""
    x, y = digits("train")
    means = np.stack([x[y == k].mean(axis=0) for k in range(10)])
    seen, truth = digits("test")
    distance = ((seen[:, None] - means[None]) ** 2).sum(axis=(2, 3))
    assert np.mean(distance.argmin(axis=1) == truth) > 0.85


def test_an_unknown_part_is_refused_with_the_names_of_the_parts():
    with pytest.raises(DataError, match="validation"):
        digits("training")  # type: ignore[arg-type]


@pytest.mark.parametrize("labels", [[-1], [3], [0.5], [[0]]])
def test_one_hot_refuses_what_is_no_label(labels):
    with pytest.raises(DataError):
        one_hot(labels, K=3)


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


def test_the_photograph_is_what_its_script_makes_of_the_original():
    script = runpy.run_path(str(Path(__file__).parent / "fixtures" / "make_hopper.py"))
    # one step of 255 for another JPEG decoder's rounding
    assert np.abs(hopper() - script["hopper"]() / 255.0).max() <= 1.01 / 255


def test_the_photograph_has_a_blue_background_and_a_black_jacket():
    picture = hopper()
    red, green, blue = picture[5:40, 85:].mean(axis=(0, 1))
    assert blue > 0.6 > green > red
    assert picture[95:, 5:20].mean() < 0.2
