"""Covers `guest.layout` and the codec's arrays: what arrives lies in memory as what was sent.

The independent truth is NumPy: its comparison of items, its flags, and which reshapes of an array need no copy.
"""

import itertools
from typing import Any

import msgpack
import numpy as np
import pytest
from autograder.guest.codec import Codec
from autograder.guest.layout import SPREAD, contents, rebuilt, steps_of
from autograder.guest.wire_types import ARRAY, MAX_FRAME, WireError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

CODEC = Codec()
Array = np.ndarray[Any, Any]


@st.composite
def views(draw: st.DrawFn) -> Array:
    """An array after some of the operations that give views."""
    shape = draw(array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=7))
    order = draw(st.sampled_from("CF"))
    dtype = draw(st.sampled_from(["<f8", ">i4", "<c16", "?"]))
    array = np.arange(np.prod(shape)).astype(dtype).reshape(shape, order=order).copy(order)
    for operation in draw(
        st.lists(st.sampled_from(["slice", "transpose", "newaxis", "broadcast", "part"]), max_size=4)
    ):
        if operation == "slice" and array.ndim:
            step = st.integers(-4, 4).filter(bool)
            array = array[tuple(slice(draw(st.integers(0, 2)) or None, None, draw(step)) for _ in array.shape)]
        elif operation == "transpose":
            array = array.transpose(draw(st.permutations(range(array.ndim))))
        elif operation == "newaxis":
            array = np.expand_dims(array, draw(st.integers(0, array.ndim)))
        elif operation == "broadcast" and array.ndim < 5:
            array = np.broadcast_to(array, (draw(st.integers(1, 3)), *array.shape))
        elif operation == "part" and array.dtype.kind == "c":
            array = array.imag
    return array


def arrived(array: Array) -> Array:
    return CODEC.unpack(CODEC.pack(array))


def relations(array: Array) -> list[Any]:
    """How the steps of an array's axes compare, for axes that have more than one item."""
    axes = [(n, stride) for n, stride in zip(array.shape, array.strides, strict=True) if n > 1]
    signs = [np.sign(stride) for _, stride in axes]
    pairs = itertools.permutations(axes, 2)
    return [*signs, *(np.sign(abs(outer) - n * abs(inner)) for (_, outer), (n, inner) in pairs if inner)]


@given(views())
def test_a_view_arrives_with_its_items_flags_and_order_of_memory(array: Array) -> None:
    there = arrived(array)
    assert there.tobytes() == array.astype(array.dtype.newbyteorder("=")).tobytes()
    for flag in ("C_CONTIGUOUS", "F_CONTIGUOUS", "WRITEABLE"):
        assert there.flags[flag] == array.flags[flag], flag
    if array.size:
        assert relations(there) == relations(array)


@given(views())
def test_what_arrives_is_in_memory_of_its_own_and_not_much_of_it(array: Array) -> None:
    data = CODEC.pack(array)
    there = CODEC.unpack(data)
    low, high = np.lib.array_utils.byte_bounds(there)
    assert high - low <= SPREAD * len(data)
    before = there.tobytes()
    there.flags.writeable = True
    there[...] = 1
    assert CODEC.unpack(data).tobytes() == before


MATRIX = np.arange(20.0).reshape(4, 5)
READ_ONLY = MATRIX.copy()
READ_ONLY.flags.writeable = False
STEPS = {
    # an array: the steps with which it is sent, in items
    "dense": (MATRIX, None),
    "transposed": (MATRIX.T, [1, 5]),
    "every other row": (MATRIX[::2], [10, 1]),
    "reversed": (MATRIX[::-1], [-5, 1]),
    "a column": (MATRIX[:, :1], [5, 0]),
    "a column of a wide matrix": (np.zeros((4, 9))[:, :1], [2, 0]),
    "a cut matrix": (MATRIX[:, :4], [5, 1]),
    "one row of a large matrix": (np.zeros((100, 100))[3], None),
    "far apart": (np.zeros((100, 100))[::50, ::50], [5, 2]),
    "an imaginary part": (np.zeros(4, complex).imag, [2]),
    "a field of records": (np.zeros(4, [("a", "<i4"), ("b", "<f8")])["b"], [2]),
    "broadcast": (np.broadcast_to(MATRIX, (3, 4, 5)), [0, 5, 1]),
    "overlapping windows": (np.lib.stride_tricks.sliding_window_view(np.arange(5), 2), None),
    "empty": (MATRIX[:, 5:], None),
    "one number": (np.array(3.0), None),
}


@pytest.mark.parametrize("case", STEPS)
def test_steps(case: str) -> None:
    array, steps = STEPS[case]
    assert steps_of(array) == steps
    np.testing.assert_array_equal(arrived(array), array)


def test_an_array_without_gaps_owns_its_memory_in_numpys_sense() -> None:
    for array in (MATRIX, MATRIX.T, np.zeros((2, 3, 4)).transpose(1, 0, 2)):
        assert arrived(array).flags.owndata


def test_a_read_only_array_arrives_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        arrived(READ_ONLY)[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        arrived(np.broadcast_to(MATRIX, (2, 4, 5)))[0] = 1


HOSTILE: dict[str, tuple[list[int], Any, int]] = {
    # shape, steps, number of items sent
    "no list": ([2, 2], "C", 4),
    "too few": ([2, 2], [1], 4),
    "a step that is no integer": ([2, 2], [2.0, 1], 4),
    "True": ([2, 2], [2, True], 4),
    "overlapping": ([2, 2], [1, 1], 4),
    "overlapping backwards": ([2, 2], [-1, 1], 4),
    "overlapping by one": ([3, 2], [1, 2], 6),
    "far apart": ([2], [1000], 2),
    "beyond all bounds": ([2], [2**62], 2),
    "large in sum": ([2, 2, 2], [26, 8, 2], 8),
    "a step along one item": ([1, 2], [5, 1], 2),
    "a step along none": ([0], [1], 0),
    "steps of one number": ([], [], 1),
    "too few items": ([2, 2], [1, 2], 3),
    "more items than places": ([2, 2], [0, 1], 4),
    "a broadcast array of terabytes": ([2**26, 2**26], [0, 0], 1),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_steps_are_refused(case: str) -> None:
    shape, steps, items = HOSTILE[case]
    content = bytes(8 * items)
    with pytest.raises(WireError):
        CODEC.unpack(msgpack.packb([ARRAY, "<f8", shape, steps, True, content]))
    if case != "a broadcast array of terabytes":  # which the codec refuses for its size
        with pytest.raises(WireError):
            rebuilt(np.dtype("<f8"), shape, steps, content)


@given(
    st.lists(st.integers(0, 5), max_size=4),
    st.none() | st.lists(st.integers(-40, 40) | st.integers() | st.booleans() | st.none(), max_size=4),
    st.binary(max_size=64),
)
def test_any_other_steps_are_an_array_or_refused(shape: list[int], steps: Any, content: bytes) -> None:
    dtype = np.dtype("u1")
    try:
        array = rebuilt(dtype, shape, steps, content)
    except WireError:
        return
    # What was accepted has its items each in a place of its own, so it gives back what it was made from.
    assert contents(array, steps) == content


def test_a_broadcast_array_counts_as_what_it_stands_for() -> None:
    half = np.broadcast_to(np.zeros(1), (MAX_FRAME // 16 + 1, 1))
    CODEC.pack(half)
    with pytest.raises(WireError, match="in one message"):
        CODEC.pack([half, half])
