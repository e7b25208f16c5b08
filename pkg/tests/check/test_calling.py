"""Copies of arguments against their originals: equal items, strides and flags, and no memory in common."""

import numpy as np
import pytest
from chainrule.check.calling import call, fresh

CUBE = np.arange(60.0).reshape(3, 4, 5)
VIEWS = {
    "dense": CUBE,
    "F order": np.asfortranarray(CUBE),
    "axes in another order": CUBE.transpose(1, 2, 0),
    "steps": CUBE[:, ::2, 1::3],
    "reversed": CUBE[::-1, :, ::-2],
    "a column": CUBE[0, :, 1],
    "an imaginary part": (CUBE * 1j).imag,
    "a field of records": np.zeros(4, [("a", "<i4"), ("b", "<f8")])["b"],
    "empty": CUBE[:, 2:2, ::-1],
    "one number": np.array(3.0),
}
SHARED = {
    "broadcast": np.broadcast_to(CUBE, (2, 3, 4, 5)),
    "overlapping windows": np.lib.stride_tricks.sliding_window_view(np.arange(5.0), 2),
}


@pytest.mark.parametrize("case", VIEWS)
def test_a_copied_view_lies_in_memory_as_the_view(case):
    view = VIEWS[case]
    copied = fresh(view)
    np.testing.assert_array_equal(copied, view)
    assert not np.may_share_memory(copied, view)
    assert [copied.flags[flag] for flag in ("C", "F")] == [view.flags[flag] for flag in ("C", "F")]
    if view.size:
        assert copied.strides == view.strides


@pytest.mark.parametrize("case", SHARED)
def test_items_that_share_a_place_get_places_of_their_own(case):
    copied = fresh(SHARED[case])
    np.testing.assert_array_equal(copied, SHARED[case])
    before = copied.copy()
    copied.flat[0] += 1
    assert np.count_nonzero(copied != before) == 1


def test_a_function_that_goes_wrong_for_views_alone_goes_wrong_in_a_call():
    def in_place_if_dense(x):
        x.ravel()[:] = 0

    assert call(in_place_if_dense, (np.ones((2, 3)),)).changed == (0,)
    assert call(in_place_if_dense, (np.ones((2, 6))[:, ::2],)).changed == ()
