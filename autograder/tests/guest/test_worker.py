"""Covers `guest.worker` and `guest.requests`: requests are in a socket beforehand; what a worker replies to each."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from autograder.guest import requests
from autograder.guest.codec import Codec, Reference
from autograder.guest.messages import (
    CallFunction,
    CellRan,
    Fault,
    GetValues,
    Message,
    NamesRead,
    Raised,
    ReadNames,
    Returned,
    RunCell,
    TimedOut,
    Values,
    message_from,
)
from autograder.guest.protocol import LENGTH, Closed, receive_message, send_message
from autograder.guest.requests import RequestHandler, TimeLimit
from autograder.guest.worker import _serve

CODEC = Codec()
REPLIES = (CellRan, Fault, NamesRead, Raised, Returned, TimedOut, Values)


class Session:
    """A notebook whose cells are not run."""

    def __init__(self, **names: Any) -> None:
        self.names = names

    def run(self, source: str, output_kib: int) -> list[dict[str, Any]]:
        return [{"output_type": "stream", "name": "stdout", "text": f"{source}, {output_kib} KiB"}]

    def reads(self, source: str) -> list[str] | None:
        return source.split() or None


Serve = Callable[..., list[Message]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve some requests; returns the replies, after the worker's process number."""
    ours, theirs = socket.socketpair()

    def served(session: Session, *values: Any) -> list[Message]:
        for value in values:
            send_message(ours, CODEC.pack(value.to_list() if isinstance(value, Message) else value))
        ours.shutdown(socket.SHUT_WR)
        _serve(theirs, session)
        # Not closed: requests that were not read would reset the socket, and the replies be lost.
        theirs.shutdown(socket.SHUT_WR)
        assert receive_message(ours)[0] == LENGTH.pack(os.getpid())
        replies: list[Message] = []
        while True:
            try:
                replies.append(message_from(CODEC.unpack(receive_message(ours)[0]), *REPLIES))
            except Closed:
                return replies

    yield served
    ours.close()
    theirs.close()


def test_each_request_has_its_reply_until_the_channel_is_closed(serve: Serve) -> None:
    session = Session(a=1, f=lambda x, y=0: x + y, huge=2**9000)
    assert serve(
        session,
        RunCell("x = 1", 5),
        ReadNames(["a b", ""]),
        GetValues(["a", "missing", "huge"]),
        CallFunction("f", (2,), {"y": 3}),
        CallFunction("g", (), {}),
    ) == [
        CellRan([{"output_type": "stream", "name": "stdout", "text": "x = 1, 5 KiB"}]),
        NamesRead([["a", "b"], None]),
        Values({"a": 1}),
        Returned(5, None, ""),
        Raised("NameError", "name 'g' is not defined", ""),
    ]


RESULTS: dict[str, tuple[Callable[..., Any], tuple[Any, ...], Message]] = {
    "prints": (lambda: sys.stdout.write("a" * 5000), (), Returned(5000, None, "a" * 4000)),
    "alters its argument": (lambda x: x.append(1), ([],), Returned(None, (([1],), {}), "")),
    "leaves": (lambda: exit(3), (), Raised("SystemExit", "3", "")),
    "returns what is too large": (lambda: 2**9000, (), Raised("TypeError", "", "")),
    "alters -0.0 to 0.0": (lambda x: x.__setitem__(0, 0.0), ([-0.0],), Returned(None, (([0.0],), {}), "")),
}


@pytest.mark.parametrize("case", RESULTS)
def test_whatever_a_function_does_is_a_reply(case: str, serve: Serve) -> None:
    function, args, expected = RESULTS[case]
    (reply,) = serve(Session(f=function), CallFunction("f", args, {}))
    if isinstance(reply, Raised) and reply.type_name == "TypeError":
        assert reply.text.startswith("its result cannot be sent to a test: ")
    else:
        assert repr(reply) == repr(expected)


NO_REQUESTS = {
    "another word": ["Thank"],
    "a field too few": ["RunCell", "x = 1"],
    "a field of another type": ["RunCell", 1, 1],
    "a reply": CellRan([]),
    "no message": None,
}


@pytest.mark.parametrize("case", NO_REQUESTS)
def test_what_is_no_request_is_a_fault_and_ends_the_worker(case: str, serve: Serve) -> None:
    (reply,) = serve(Session(), NO_REQUESTS[case], RunCell("x = 1", 5))
    assert isinstance(reply, Fault)
    assert "FormError" in reply.text


def test_an_object_stays_and_is_known_by_its_number() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        session = Session(make=lambda: session, same=lambda x: x is session)
        handler = RequestHandler(theirs)
        as_reference = Codec(lambda value: value, lambda reference: reference)

        def ask(message: Message) -> Any:
            handler.handle(as_reference.pack(message.to_list()), session)
            return message_from(as_reference.unpack(receive_message(ours)[0]), Returned).result

        made = ask(CallFunction("make", (), {}))
        assert made == Reference(0, "Session")
        assert ask(CallFunction("make", (), {})) == made
        assert ask(CallFunction("same", (made,), {})) is True


def test_the_end_of_its_time_is_the_last_thing_that_a_worker_says(monkeypatch: pytest.MonkeyPatch) -> None:
    class Left(BaseException):
        """The process would have ended here."""

    def leave(status: int) -> None:
        raise Left

    def endless() -> None:
        raise TimeLimit

    monkeypatch.setattr(requests.os, "_exit", leave)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with pytest.raises(Left):
            RequestHandler(theirs).handle(CODEC.pack(CallFunction("f", (), {}).to_list()), Session(f=endless))
        assert message_from(CODEC.unpack(receive_message(ours)[0]), *REPLIES) == TimedOut()
