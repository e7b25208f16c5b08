"""Covers `guest.proxies`, `guest.changes`, `guest.requests`: calls over a socket, against the same calls made directly.

No process is forked and no limit is set here: the worker's end runs in a thread.
"""

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from autograder.guest import proxies
from autograder.guest.codec import Codec, Reference
from autograder.guest.link import Budget, Link, Worker, WorkerDied
from autograder.guest.messages import Callback, Returned, TimedOut, Values
from autograder.guest.protocol import Closed, Kill, Order, receive_message, send_message
from autograder.guest.proxies import Conversation, ForkRefused, Proxy, StudentError
from autograder.guest.requests import RequestHandler
from hypothesis import given
from hypothesis import strategies as st


@dataclass
class Session:
    """The student's side of a notebook: some names."""

    names: dict[str, Any]


class SocketLink(Link):
    """The way to a worker that is a thread of this process, at the other end of a socket."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(-1, -1)
        self._sock = sock

    def fork(self, parent: Worker) -> Worker:
        return parent

    def send(self, channel: int, data: bytes) -> None:
        send_message(self._sock, data)

    def receive(self, channel: int, deadline: float, cpu_s: float) -> bytes:
        return receive_message(self._sock)[0]


class Unlimited(Worker):
    """A worker without limits, which would be those of this process."""

    def set_limits(self, budget: Budget, codec: Codec) -> None:
        """Leave it as it is."""


TIMED_OUT = Codec().pack(TimedOut().to_list())


class Liar(Link):
    """The way to a worker that gives prepared replies, and then is out of time."""

    def __init__(self, replies: list[Any]) -> None:
        super().__init__(-1, -1)
        # References are sent as they are.
        self._replies = iter([Codec(lambda value: value).pack(reply) for reply in replies])
        self.orders: list[Order] = []

    def fork(self, parent: Worker) -> Worker:
        return parent

    def order(self, order: Order) -> None:
        self.orders.append(order)

    def send(self, channel: int, data: bytes) -> None:
        """Nobody listens."""

    def receive(self, channel: int, deadline: float, cpu_s: float) -> bytes:
        return next(self._replies, TIMED_OUT)


class Dead(Liar):
    """The way to a snapshot that cannot be forked."""

    def fork(self, parent: Worker) -> Worker:
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
        return Conversation(Unlimited(SocketLink(ours), 1), Budget(1.0, 100))

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
    "another word": ["Thanked"],
    "a reply to something else": Values({}).to_list(),
    "no result": ["Returned"],
    "too much": ["Returned", 1, None, "", 2],
    "half an error": ["Raised", "ValueError"],
    "printed numbers": ["Returned", 1, None, 2],
    "no list": "Returned",
    "nothing": [],
    "a callback whose arguments have no names": ["Callback", -1, (), {1: 2}],
    "another generator in the place of ours": Returned(
        1, ((np.random.Generator(np.random.MT19937()),), {}), ""
    ).to_list(),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_reply_of_another_form_ends_the_test_and_the_worker(case: str) -> None:
    link = Liar([MALFORMED[case]])
    with pytest.raises(proxies.TestStopped, match="its answer has the wrong form"):
        proxy(Conversation(Worker(link, 7), Budget(1.0, 100)), "f")(np.random.default_rng(1))
    assert link.orders == [Kill(7)]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(Reference(1, "f")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner)
    ),
    max_leaves=8,
)
names = st.sampled_from(["Returned", "Raised", "Callback", "Values", "TimedOut", "Fault", "Exception"])


@given(st.lists(anything | st.tuples(names, anything, anything, anything).map(list), min_size=1, max_size=4), anything)
def test_any_replies_are_a_value_an_error_or_the_end_of_that_test(replies: list[Any], argument: Any) -> None:
    calling = proxy(Conversation(Worker(Liar(replies), 7), Budget(1.0, 100)), "f")
    with contextlib.suppress(StudentError, proxies.TestStopped):
        calling([1, {"a": np.zeros(2)}], f=lambda *_: argument)


def test_callbacks_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxies, "MAX_CALLBACKS", 100)
    calls = []
    callback = Callback(-1, (1,), {}).to_list()
    link = Liar([*[callback] * 105, Returned(0, None, "").to_list()])
    assert proxy(Conversation(Worker(link, 7), Budget(1.0, 100)), "f")(calls.append) == 0
    assert len(calls) == 100


def test_a_callback_calls_only_what_was_handed_over() -> None:
    link = Liar([Callback(number, (1,), {}).to_list() for number in (0, 1, -2)] + [Returned(0, None, "").to_list()])
    calls = []
    assert proxy(Conversation(Worker(link, 7), Budget(1.0, 100)), "f")(calls.append) == 0
    assert calls == []


def test_a_snapshot_that_cannot_be_forked_is_no_error_of_the_student() -> None:
    with pytest.raises(ForkRefused, match="no room"):
        proxy(Conversation(Worker(Dead([]), 7), Budget(1.0, 100)), "f")()
