"""Covers `guest.proxies` and `guest.requests`: calls over a socket, against the same calls made directly.

No process is forked and no limit is set here: the worker's end runs in a thread.
"""

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from autograder.guest import proxies
from autograder.guest.codec import Codec
from autograder.guest.link import Budget, WorkerDied
from autograder.guest.protocol import Closed, receive_message, send_message
from autograder.guest.proxies import MAX_CALLBACKS, Conversation, ForkRefused, Proxy, StudentError
from autograder.guest.requests import RequestHandler


@dataclass
class Session:
    """The student's side of a notebook: some names."""

    names: dict[str, Any]


@dataclass
class Worker:
    """The grader's view of a worker: what it sends goes through a socket."""

    sock: socket.socket
    killed: bool = False

    def fork(self) -> "Worker":
        return self

    def set_limits(self, budget: Budget, codec: Codec) -> None:
        """Nothing to limit: it is a thread of this process."""

    def send(self, message: list[Any], codec: Codec) -> None:
        send_message(self.sock, codec.pack(message))

    def receive(self, codec: Codec) -> list[Any]:
        return codec.unpack(receive_message(self.sock)[0])

    def kill(self) -> None:
        self.killed = True


@dataclass
class Liar(Worker):
    """A worker that gives prepared replies."""

    sock: socket.socket = field(default_factory=socket.socket)
    replies: list[Any] = field(default_factory=list)

    def send(self, message: list[Any], codec: Codec) -> None:
        codec.pack(message)

    def receive(self, codec: Codec) -> list[Any]:
        return self.replies.pop(0)


class Dead(Worker):
    """A snapshot that cannot be forked."""

    def fork(self) -> Worker:
        raise WorkerDied("no room")


def serve(sock: socket.socket, session: Session) -> None:
    handler = RequestHandler(sock)
    with contextlib.suppress(Closed):
        while True:
            handler.handle(receive_message(sock)[0], session)


@pytest.fixture
def student() -> Iterator[Callable[..., Conversation]]:
    """A conversation with a student's side that has the given names."""
    ends: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(**names: object) -> Conversation:
        ours, theirs = socket.socketpair()
        ends.extend((ours, theirs))
        threads.append(threading.Thread(target=serve, args=(theirs, Session(names))))
        threads[-1].start()
        return Conversation(Worker(ours), Budget(1.0, 100))  # type: ignore[arg-type]

    yield start
    for end in ends:
        end.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()
    for end in ends:
        end.close()


def proxy(conversation: Conversation, name: str) -> Proxy:
    return Proxy(lambda: conversation, name, name)


def sums(x: np.ndarray, *, axis: int = 0) -> tuple[np.ndarray, dict[str, Any]]:
    return x.sum(axis=axis), {"shape": x.shape, "first": x.flat[0]}


def append(values: list[int], table: dict[str, Any], x: np.ndarray) -> int:
    values.append(len(values))
    table["new"] = [1]
    x *= 2
    return len(values)


def reshape(x: np.ndarray) -> float:
    x.shape = (x.size, 1)
    return float(x[0, 0])


def slope(f: Callable[[float], float], x: float, *, h: float = 0.5) -> float:
    return (f(x + h) - f(x - h)) / (2 * h)


def draw(rng: np.random.Generator) -> float:
    return rng.random()


CALLS: dict[str, tuple[Callable[..., Any], Callable[[], tuple[Any, ...]], dict[str, Any]]] = {
    "arrays": (sums, lambda: (np.arange(6.0).reshape(2, 3),), {"axis": 1}),
    "changes its arguments": (append, lambda: ([1, 2], {"a": (1,)}, np.ones(3)), {}),
    "changes the shape of its argument": (reshape, lambda: (np.arange(6.0).reshape(2, 3),), {}),
    "calls back": (slope, lambda: (lambda x: x**3, 2.0), {"h": 0.25}),
    "draws": (draw, lambda: (np.random.default_rng(7),), {}),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_call_has_the_result_and_the_effects_of_a_direct_one(case: str, student: Callable[..., Conversation]) -> None:
    function, arguments, options = CALLS[case]
    ours, theirs = arguments(), arguments()
    expected = function(*theirs, **options)
    result = proxy(student(f=function), "f")(*ours, **options)
    np.testing.assert_equal(result, expected)
    for mine, other in zip(ours, theirs, strict=True):
        if isinstance(mine, np.random.Generator):
            assert mine.random() == other.random()
        elif not callable(mine):
            np.testing.assert_equal(mine, other)


ERRORS = {
    "one of Python's": (lambda: [][1], IndexError, "IndexError", "list index out of range"),
    "a name that is not there": (None, NameError, "NameError", "name 'f' is not defined"),
    "a class of the student's": (lambda: raise_(type("Odd", (Exception,), {})("why")), StudentError, "Odd", "why"),
}


def raise_(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_is_caught_by_its_own_name(case: str, student: Callable[..., Conversation]) -> None:
    function, kind, name, text = ERRORS[case]
    conversation = student(**({"f": function} if function else {}))
    with pytest.raises(kind) as caught:
        proxy(conversation, "f")()
    assert isinstance(caught.value, StudentError)
    assert (caught.value.type_name, str(caught.value)) == (name, text)


def test_an_object_stays_on_its_side_and_can_be_asked(student: Callable[..., Conversation]) -> None:
    class Net:
        rate = 0.5

        def forward(self, x: float) -> float:
            return self.rate * x

    net = proxy(student(Net=Net), "Net")()
    assert isinstance(net, Proxy)
    assert (net.rate, net.forward(3.0)) == (0.5, 1.5)
    with pytest.raises(AttributeError):
        _ = net._private


def test_a_report_names_the_class_of_an_object_if_it_is_one_of_pythons(student: Callable[..., Conversation]) -> None:
    class Input3:
        """A name that a student could choose after an argument of a hidden test."""

    results = {"set": {1, 2}, "function": sums, "Proxy": Input3()}
    assert [type(proxy(student(f=lambda r=result: r), "f")()).__name__ for result in results.values()] == [*results]


def test_values_are_copies_objects_are_proxies_and_the_rest_is_left_out(student: Callable[..., Conversation]) -> None:
    conversation = student(a=1, b=np.ones(2), net=object(), huge=2**9000)
    values = conversation.values_of(["a", "b", "net", "huge", "missing"])
    assert isinstance(values.pop("net"), Proxy)
    np.testing.assert_equal(values, {"a": 1, "b": np.ones(2)})


def test_what_a_function_prints_is_the_tests_output(
    student: Callable[..., Conversation], capsys: pytest.CaptureFixture[str]
) -> None:
    proxy(student(f=lambda: sys.stdout.write("as far as here\n") and None), "f")()
    assert capsys.readouterr().out == "as far as here\n"


def test_what_cannot_be_sent_is_a_fault_of_the_test(student: Callable[..., Conversation]) -> None:
    conversation = student(f=lambda x: x)
    for argument in (object(), {1, 2}, proxy(conversation, "f")):
        with pytest.raises(proxies.TestFault):
            proxy(conversation, "f")(argument)


MALFORMED = {
    "another word": [["thanks"]],
    "no result": [["returned"]],
    "too much": [["returned", 1, None, "", 2]],
    "half an error": [["raised", "ValueError"]],
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_reply_of_another_form_ends_the_test_and_the_worker(case: str) -> None:
    worker = Liar(replies=list(MALFORMED[case]))
    with pytest.raises(proxies.TestStopped):
        proxy(Conversation(worker, Budget(1.0, 100)), "f")()  # type: ignore[arg-type]
    assert worker.killed
    worker.sock.close()


def test_callbacks_have_an_end() -> None:
    calls = []
    callback = ["callback", -1, (1,), {}]
    worker = Liar(replies=[*[callback] * (MAX_CALLBACKS + 5), ["returned", 0, None, ""]])
    assert proxy(Conversation(worker, Budget(1.0, 100)), "f")(calls.append) == 0  # type: ignore[arg-type]
    assert len(calls) == MAX_CALLBACKS
    worker.sock.close()


def test_a_snapshot_that_cannot_be_forked_is_no_error_of_the_student() -> None:
    worker = Dead(socket.socket())
    with pytest.raises(ForkRefused, match="no room"):
        proxy(Conversation(worker, Budget(1.0, 100)), "f")()  # type: ignore[arg-type]
    worker.sock.close()
