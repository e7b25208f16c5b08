"""The digits are what they claim to be; labels become one-hot rows or are refused."""

import numpy as np
import pytest
from chainrule.data import digits, one_hot
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
