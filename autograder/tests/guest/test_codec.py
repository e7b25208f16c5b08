"""Covers `guest.codec` and `guest.wire_types`: plain data arrive equal and of plain types, all else is a WireError."""

import contextlib

import msgpack
import numpy as np
import pytest
from autograder.guest.codec import Codec
from autograder.guest.wire_types import ARRAY, DICT, GENERATOR, INT, LIST, MAX_DEPTH, REFERENCE, SCALAR, WireError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

CODEC = Codec()
NUMBERS = [np.dtype(letter) for letter in "?bhilqBHILQefdFD"]

arrays_of_numbers = st.sampled_from(NUMBERS).flatmap(lambda dtype: arrays(dtype, array_shapes(min_dims=0, min_side=0)))
numbers = st.integers(-(2**200), 2**200) | st.floats() | st.complex_numbers()
scalars = st.none() | st.booleans() | numbers | st.binary() | st.text()
values = st.recursive(
    scalars | arrays_of_numbers,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text() | st.integers(), inner, max_size=5)
    ),
    max_leaves=20,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.binary() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(0, 9), inner),
)


def same(a: object, b: object) -> bool:
    """Equal to the last bit and of the same type; the independent truth is NumPy's and Python's own comparison."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return repr(a) == repr(b)


@given(values)
def test_plain_data_arrives_as_it_was_sent(value: object) -> None:
    assert same(CODEC.unpack(CODEC.pack(value)), value)


@given(st.binary())
def test_arbitrary_bytes_are_a_value_or_refused(data: bytes) -> None:
    with contextlib.suppress(WireError):
        CODEC.pack(CODEC.unpack(data))


@given(anything)
def test_arbitrary_msgpack_is_a_value_or_refused(tree: object) -> None:
    with contextlib.suppress(WireError):
        CODEC.pack(CODEC.unpack(msgpack.packb(tree)))


def test_a_generator_arrives_in_its_state() -> None:
    rng = np.random.default_rng(7)
    rng.random(3)
    assert CODEC.unpack(CODEC.pack(rng)).random() == rng.random()


class LyingFloat(float):
    def __float__(self) -> float:
        return 1.0

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class LyingArray(np.ndarray):
    def tobytes(self, *_: object) -> bytes:
        return bytes(16)

    def __array__(self, *_: object, **__: object) -> np.ndarray:
        return np.zeros(2)


@pytest.mark.parametrize(
    ("sent", "arrived"),
    [
        (LyingFloat(3.5), 3.5),
        (np.array([1.0, 2.0]).view(LyingArray), np.array([1.0, 2.0])),
        (np.ma.array([1.0, 2.0], mask=[True, False]), np.array([1.0, 2.0])),
        (np.array([1, 2], ">i4"), np.array([1, 2], "<i4")),
        (type("Text", (str,), {"__str__": lambda _: "other"})("right"), "right"),
        (type("List", (list,), {"__iter__": lambda _: iter([0])})([1, 2]), [1, 2]),
        (type("Table", (dict,), {"items": lambda _: [("b", 0)]})({"a": 1}), {"a": 1}),
        (True, True),
        ("\ud800", "?"),
    ],
)
def test_a_subclass_arrives_as_its_base_class_by_the_base_class_s_own_means(sent: object, arrived: object) -> None:
    assert same(CODEC.unpack(CODEC.pack(sent)), arrived)


def deep(levels: int) -> list[object]:
    return [deep(levels - 1)] if levels else []


CYCLE: list[object] = []
CYCLE.append(CYCLE)


@pytest.mark.parametrize(
    "value",
    [
        object(),
        np.array([object()]),
        np.array(["text"]),
        {1, 2},
        deep(MAX_DEPTH + 1),
        CYCLE,
        2**9000,
        [0] * 300_000,
        print,
    ],
)
def test_what_is_no_plain_data_is_not_sent(value: object) -> None:
    with pytest.raises(WireError):
        CODEC.pack(value)


@pytest.mark.parametrize(
    "tagged",
    [
        [99],
        [],
        [-1, 2],
        [True],
        [ARRAY, "<f8", [2], None, True, bytes(8)],
        [ARRAY, "<f8", [-1, -1], None, True, bytes(8)],
        [ARRAY, "<f8", [2**40, 2**40], None, True, b""],
        [ARRAY, "|O", [1], None, True, bytes(8)],
        [ARRAY, "<f8", [1], "C", True, bytes(8)],
        [ARRAY, "<f8", [1], None, 1, bytes(8)],
        [ARRAY, "<f8", [1], None, True, 8],
        [ARRAY, "<f8", [1] * 40, None, True, bytes(8)],
        [ARRAY, "<f8", "1", None, True, bytes(8)],
        [SCALAR, "<f8", 8],
        [SCALAR, "<f8", bytes(16)],
        [SCALAR, "<f8", b""],
        [INT, bytes(5000)],
        [INT, 3],
        [DICT, "a", 1, "a", 2],
        [DICT, "a"],
        [DICT, [LIST], 1],
        [GENERATOR, "PCG64", [DICT]],
        [GENERATOR, "os.system", [DICT]],
        [REFERENCE, "0", "f"],
        [REFERENCE, 0, "f"],
    ],
)
def test_what_was_not_sent_by_this_codec_is_refused(tagged: object) -> None:
    with pytest.raises(WireError):
        CODEC.unpack(msgpack.packb(tagged))
