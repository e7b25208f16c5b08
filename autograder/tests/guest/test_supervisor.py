"""Covers `guest.supervisor`: orders through a pipe, workers that are sockets of the test; what each end then hears."""

import contextlib
import os
import signal
import socket
from collections.abc import Iterator

import pytest
from autograder.guest.codec import MAX_FRAME
from autograder.guest.protocol import (
    LENGTH,
    Closed,
    Exited,
    Fork,
    Kill,
    Order,
    pack_order,
    read_frame,
    receive_message,
    send_message,
    unpack_order,
    write_frame,
)
from autograder.guest.supervisor import Supervisor

NO_PROCESS = 2**22 + 1
"""A process number beyond Linux's largest."""


class Served:
    """A supervisor between a test runner and workers that are all this test."""

    def __init__(self) -> None:
        orders, self._to_supervisor = os.pipe()
        self._from_supervisor, notices = os.pipe()
        self._wakeup, self._waking = os.pipe()
        self._descriptors = [orders, self._from_supervisor, self._wakeup, self._waking]
        self._notices = notices
        self.supervisor = Supervisor(orders, notices)

    def worker(self, channel: int, pid: int | None = NO_PROCESS) -> socket.socket:
        """A worker's end of its socket; its process number has been sent, unless it is None."""
        ours, theirs = socket.socketpair()
        self.supervisor.add(channel, theirs)
        if pid is not None:
            send_message(ours, LENGTH.pack(pid))
        return ours

    def ask(self, channel: int, data: bytes) -> None:
        """A frame of the test runner."""
        write_frame(self._to_supervisor, channel, data)

    def order(self, order: Order) -> None:
        self.ask(0, pack_order(order))

    def child_ended(self) -> None:
        """What SIGCHLD does."""
        os.write(self._waking, b"\0")

    def heard(self) -> list[tuple[int, bytes | Order]]:
        """Serve all that has been asked; returns what the test runner hears."""
        os.close(self._to_supervisor)
        with contextlib.suppress(Closed):
            self.supervisor.serve(self._wakeup)
        os.close(self._notices)
        heard: list[tuple[int, bytes | Order]] = []
        with contextlib.suppress(Closed):
            while True:
                channel, data = read_frame(self._from_supervisor, MAX_FRAME)
                heard.append((channel, data if channel else unpack_order(data)))
        return heard

    def close(self) -> None:
        """Close what `heard` has left open."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        for worker in self.supervisor._workers.values():
            worker.socket.close()


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.close()


@pytest.fixture
def child() -> Iterator[int]:
    """A process that waits to be killed."""
    pid = os.fork()
    if not pid:
        signal.pause()
        os._exit(0)
    yield pid
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_messages_pass_in_both_directions_by_channel(served: Served) -> None:
    with served.worker(1) as one, served.worker(2) as two:
        served.ask(1, b"for one")
        served.ask(2, b"for two")
        served.ask(3, b"for nobody")
        # Two frames of each worker, the first its process number: one of them is forwarded for each order.
        send_message(one, b"from one")
        send_message(two, b"from two")
        heard = served.heard()
        assert [data for channel, data in heard if channel == 1] == [b"", b"from one"]
        assert [data for channel, data in heard if channel == 2] == [b"", b"from two"]
        assert [receive_message(sock) for sock in (one, two)] == [(b"for one", []), (b"for two", [])]


def test_a_fork_is_a_descriptor_for_the_parent_that_leads_to_the_copys_channel(served: Served) -> None:
    with served.worker(1) as parent:
        served.order(Fork(1, 2))
        served.supervisor._dispatch(*read_frame(served.supervisor._orders, MAX_FRAME))
        data, descriptors = receive_message(parent)
        assert data == b""
        with socket.socket(fileno=descriptors[0]) as copy:
            send_message(copy, LENGTH.pack(NO_PROCESS))
            send_message(copy, b"from the copy")
            served.ask(2, b"for the copy")
            served.ask(2, b"again")
            heard = served.heard()
            assert [data for channel, data in heard if channel == 2] == [b"", b"from the copy"]
            assert receive_message(copy)[0] == b"for the copy"


@pytest.mark.parametrize("order", [Fork(7, 8), Fork(0, 8)], ids=str)
def test_a_fork_of_nobody_has_ended(order: Order, served: Served) -> None:
    served.order(order)
    assert served.heard() == [(0, Exited(8, 0, 0))]


def test_orders_for_nobody_are_passed_over(served: Served) -> None:
    served.order(Kill(7))
    assert served.heard() == []


def test_a_worker_that_closes_before_it_has_a_process_was_never_there(served: Served) -> None:
    served.worker(1, pid=None).close()
    served.ask(9, b"")
    assert served.heard() == [(0, Exited(1, 0, 0))]


HOSTILE = {
    "a length beyond the limit": LENGTH.pack(MAX_FRAME + 1) + bytes(10),
    "half a length": b"\0\0",
    "half a message": LENGTH.pack(10) + b"four",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_message_is_not_passed_on_and_the_others_are_served(case: str, served: Served) -> None:
    with served.worker(1) as hostile, served.worker(2) as other:
        send_message(other, b"from the other")
        hostile.sendall(HOSTILE[case])
        hostile.shutdown(socket.SHUT_WR)
        for _ in range(3):
            served.ask(9, b"")
        heard = served.heard()
        assert [data for channel, data in heard if channel == 1] == [b""]
        assert [data for channel, data in heard if channel == 2] == [b"", b"from the other"]


@pytest.mark.parametrize("data", [b"", b"\1", bytes(4), b"\xff" * 9])
def test_a_process_number_of_any_size_is_one_number(data: bytes, served: Served) -> None:
    with served.worker(1, pid=None) as worker:
        send_message(worker, data)
        served.ask(9, b"")
        assert served.heard()[:1] == [(1, b"")]


def test_a_killed_worker_is_reported_with_what_it_had_said_before(served: Served, child: int) -> None:
    with served.worker(1, child) as worker:
        served.ask(9, b"")
        served.order(Kill(1))
        send_message(worker, b"last words")
        served.supervisor._forward(1)
        served.supervisor._dispatch(*read_frame(served.supervisor._orders, MAX_FRAME))
        served.supervisor._dispatch(*read_frame(served.supervisor._orders, MAX_FRAME))
        # The kernel's own word that it has ended; it stays to be reaped.
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        served.child_ended()
        served.ask(9, b"")
        heard = served.heard()
    assert heard[:2] == [(1, b""), (1, b"last words")]
    channel, notice = heard[2]
    assert channel == 0
    assert isinstance(notice, Exited)
    assert (notice.channel, os.WTERMSIG(notice.status)) == (1, signal.SIGKILL)
