"""Children that crash, hang, shout or fill the memory, against the word for each; none is left behind."""

import os
import signal
from collections.abc import Callable
from typing import Any

import psutil
import pytest
from autograder.proof.forked import Reply, Task, run_forked


def spin() -> None:
    while True:
        pass


def wait_for_ever() -> None:
    signal.pause()


def shout() -> list[int]:
    os.write(2, b"first" + b"." * 3000 + b"last")
    return [1, 2]


def fail() -> None:
    raise KeyError("a bug of ours")


CASES: dict[str, tuple[Callable[[], Any], Any, str, str]] = {
    "plain data": (lambda: {"a": [1.5, None]}, {"a": [1.5, None]}, "", ""),
    "more than a pipe holds": (lambda: "x" * 3_000_000, "x" * 3_000_000, "", ""),
    "shouts": (shout, [1, 2], "", "last"),
    "computes for ever": (spin, None, "no end within 1 s of processor time", ""),
    "waits for ever": (wait_for_ever, None, "no end within 6 s", ""),
    "kills itself": (lambda: os.kill(os.getpid(), signal.SIGBUS), None, "crashed: SIGBUS", ""),
    "leaves": (lambda: os._exit(7), None, "ended itself with status 7", ""),
    "raises": (fail, None, "ended itself without an answer", "KeyError: 'a bug of ours'"),
    "takes all memory": (lambda: len(bytearray(1 << 34)), None, "ended itself without an answer", "MemoryError"),
    "reads the keyboard": (input, None, "ended itself without an answer", "EOF when reading a line"),
}


@pytest.fixture(scope="module")
def replies() -> dict[str, Reply]:
    """All cases side by side: what one child does must not show in another's reply."""
    return {reply.key: reply for reply in run_forked([Task(key, case[0], 1.0) for key, case in CASES.items()], jobs=4)}


@pytest.mark.parametrize("case", CASES)
def test_each_child_has_its_own_fate(case: str, replies: dict[str, Reply]) -> None:
    _, value, failure, printed = CASES[case]
    reply = replies[case]
    assert (reply.value, reply.failure) == (value, failure)
    assert reply.printed.endswith(printed)
    assert len(reply.printed) <= 2000


def test_a_child_sees_what_its_parent_had_at_the_time() -> None:
    state = []

    def tasks() -> Any:
        for number in range(6):
            state.append(number)
            yield Task(number, lambda: state, 1.0)

    assert {reply.key: reply.value for reply in run_forked(tasks(), jobs=1)} == {
        number: list(range(number + 1)) for number in range(6)
    }


def test_nobody_is_left_when_the_caller_stops() -> None:
    before = set(psutil.Process().children())
    replies = run_forked([Task("quick", lambda: 1, 1.0), Task("slow", wait_for_ever, 60.0)], jobs=2)
    assert next(replies).key == "quick"
    assert set(psutil.Process().children()) - before  # the slow one
    replies.close()  # type: ignore[attr-defined]
    assert set(psutil.Process().children()) <= before
