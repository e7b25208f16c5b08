"""Covers `guest.messages`, `guest.typed`: what is said arrives equal, and what is not quite a message is refused."""

import json
from dataclasses import fields
from typing import Any

import pytest
from autograder.guest.codec import Codec, Reference
from autograder.guest.messages import (
    Callback,
    CallbackRaised,
    CallbackReturned,
    CallFunction,
    Cell,
    CellRan,
    CellRun,
    Fault,
    GetAttribute,
    GetValues,
    Job,
    Message,
    NamesRead,
    Raised,
    ReadNames,
    Record,
    Returned,
    RunCell,
    SetLimits,
    TimedOut,
    Values,
    message_from,
)
from autograder.guest.protocol import Exited, Fork, Kill, Order, pack_order, unpack_order
from autograder.guest.typed import FormError, from_plain, to_plain
from hypothesis import given
from hypothesis import strategies as st

EXAMPLES: list[Message] = [
    SetLimits(10, 1000),
    RunCell("x = 1", 100),
    CellRan([{"output_type": "stream", "name": "stdout", "text": "a"}, None]),
    ReadNames(["x = y"]),
    NamesRead([["y"], None]),
    GetValues(["x"]),
    Values({"x": 1}),
    CallFunction("f", (1, [2]), {"axis": 0}),
    GetAttribute("net", "rate"),
    Returned(1.5, None, "printed"),
    Raised("ValueError", "too small", ""),
    Callback(-1, (1,), {}),
    CallbackReturned(None),
    CallbackRaised("TypeError", "no"),
    TimedOut(),
    Fault("Traceback"),
]
KINDS = [type(message) for message in EXAMPLES]
OF_NO_FIELD = Reference(3)
"""Of a type that no field is annotated with."""


def test_there_is_an_example_of_every_message() -> None:
    assert set(KINDS) == set(Message.__subclasses__())


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_a_message_arrives_equal(message: Message) -> None:
    codec = Codec()
    assert message_from(codec.unpack(codec.pack(message.to_list())), *KINDS) == message


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_a_message_with_one_thing_wrong_is_refused(message: Message) -> None:
    plain = message.to_list()
    wrong = [plain[:-1], [*plain, None], tuple(plain), [plain[0].lower(), *plain[1:]], [plain]]
    for place, each in enumerate(fields(message), start=1):  # type: ignore[arg-type]
        if each.type is not Any:
            wrong.append([*plain[:place], OF_NO_FIELD, *plain[place + 1 :]])
    for value in wrong:
        with pytest.raises(FormError):
            message_from(value, *KINDS)


def test_a_message_that_was_not_asked_for_is_refused() -> None:
    with pytest.raises(FormError, match="of another kind"):
        message_from(Returned(1, None, "").to_list(), Values, TimedOut)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just(OF_NO_FIELD),
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text() | st.integers() | st.none(), inner)
    ),
    max_leaves=6,
)
words = st.sampled_from([kind.__name__ for kind in KINDS])


@given(anything | st.tuples(words, anything).map(list) | st.tuples(words, anything, anything, anything).map(list))
def test_anything_else_is_a_message_or_refused(value: Any) -> None:
    try:
        message = message_from(value, *KINDS)
    except FormError:
        return
    assert repr(message.to_list()) == repr(value)  # as NaN is not equal to itself


JOB = Job((Cell("f", "student", "x = 1"), Cell("t", "test", "1", ("a",))), ("f",), (), 1.5, 100, 10, {"A": "b"})
RECORD = Record(
    {"f": CellRun([{"output_type": "stream"}], "time")}, "f", True, False, {"t": "x"}, [(0.5, "->", 1, "y")]
)


@pytest.mark.parametrize("record", [JOB, RECORD], ids=["a job", "a record"])
def test_a_job_and_a_record_arrive_equal(record: Job | Record) -> None:
    codec = Codec()
    assert from_plain(type(record), codec.unpack(codec.pack(to_plain(record)))) == record


WRONG: dict[str, tuple[type, Any]] = {
    "no dictionary": (CellRun, [[]]),
    "a field too many": (CellRun, {"outputs": [], "points": 3}),
    "a field too few": (CellRun, {"limit": ""}),
    "a key that is no name": (CellRun, {"outputs": [], 3: ""}),
    "none of the choices": (CellRun, {"outputs": [], "limit": "disk"}),
    "no choice at all": (CellRun, {"outputs": [], "limit": []}),
    "an output that is none": (CellRun, {"outputs": ["text"]}),
    "a cell within that is none": (Job, to_plain(JOB) | {"cells": [{"id": "f"}]}),
    "True for a number": (Job, to_plain(JOB) | {"memory_mib": True}),
    "a number beyond all floats": (Job, to_plain(JOB) | {"cpu_s": 10**400}),
    "a variable that is a number": (Job, to_plain(JOB) | {"environment": {"A": 1}}),
    "a message of three": (Record, to_plain(RECORD) | {"messages": [(0.5, "->", 1)]}),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_record_with_one_thing_wrong_is_refused(case: str) -> None:
    kind, value = WRONG[case]
    with pytest.raises(FormError):
        from_plain(kind, value)


def test_the_result_of_a_cell_is_equal_after_it_was_stored_as_json() -> None:
    run = RECORD.runs["f"]
    assert from_plain(CellRun, json.loads(json.dumps(to_plain(run)))) == run


def test_a_record_of_an_earlier_version_has_the_defaults() -> None:
    assert from_plain(CellRun, {"outputs": []}) == CellRun([], "", "")


@pytest.mark.parametrize("order", [Fork(1, 2), Kill(2**32 - 1), Exited(3, 9, 1234)], ids=str)
def test_an_order_arrives_equal(order: Order) -> None:
    assert unpack_order(pack_order(order)) == order


@given(st.binary(max_size=20) | st.lists(st.integers(0, 4), min_size=16, max_size=16).map(bytes))
def test_any_other_bytes_are_an_order_or_refused(data: bytes) -> None:
    try:
        order = unpack_order(data)
    except FormError:
        return
    assert pack_order(order) == data
