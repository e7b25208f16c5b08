"""Pictures and confusion tables show what they are given."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.viz import (
    confusion,
    pictures,
)


def test_a_confusion_table_counts():
    texts = [text.get_text() for text in confusion([0, 1, 1, 2], [0, 1, 2, 2], K=3).axes[0].texts]
    assert sorted(texts) == ["1", "1", "1", "1"]


def test_pictures_need_three_axes():
    with pytest.raises(ShapeError, match=r"\(M, H, W\)"):
        pictures(np.zeros((8, 8)))
    assert len(pictures(np.ones((5, 2, 3)), titles=list("abcde"), columns=3).axes) == 6
