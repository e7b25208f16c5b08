"""First process of a student's sandbox: forks worker processes, forwards their messages, kills and reaps them.

Workers form a tree. The root worker has done nothing but imports. Any worker can be forked; the copy runs one cell or
serves the calls of one test, and may be forked in turn. A worker that waits is thus a *snapshot* of the notebook's
state after its cell.

Orders come from the test runner on standard input, and notices go back on standard output (`protocol`). Messages of
workers pass through unread. Each copy is orphaned on purpose and so becomes the supervisor's child, as the
supervisor is a subreaper (prctl(2)): it alone learns how a worker ended and how much processor time it took.

The supervisor runs as the same user as the student's code, which can kill it. That ends the sandbox, and the cell or
test that did it gets no points; there is nothing to gain.
"""

import contextlib
import ctypes
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass

from .codec import MAX_FRAME
from .protocol import (
    LENGTH,
    ROOT,
    Closed,
    Exited,
    Fork,
    Kill,
    pack_order,
    read_exactly,
    read_frame,
    unpack_order,
    write_frame,
)

__all__ = ["Supervisor", "main"]

PR_SET_CHILD_SUBREAPER = 36
"""From linux/prctl.h."""


@dataclass
class _Worker:
    socket: socket.socket
    pid: int = 0
    """0 until the worker's first message, which says its process number."""
    readable: bool = True
    """False once its socket has been closed at the other end, or carried something that is no message."""


class Supervisor:
    """The workers of one sandbox by channel, and the loop that serves them.

    Args:
        orders: descriptor from which frames of the test runner are read.
        notices: descriptor to which frames for it are written.
    """

    def __init__(self, orders: int = 0, notices: int = 1) -> None:
        self._orders, self._notices = orders, notices
        self._workers: dict[int, _Worker] = {}
        self._killed_early: set[int] = set()

    def add(self, channel: int, end: socket.socket) -> None:
        """Take in a worker, whose messages arrive at `end`."""
        self._workers[channel] = _Worker(end)

    def serve(self, wakeup: int) -> None:
        """Forward messages until the test runner closes the pipe.

        Args:
            wakeup: descriptor that becomes readable when a child has ended.

        Raises:
            Closed: the test runner has closed the pipe.
        """
        while True:
            sockets = {worker.socket.fileno(): channel for channel, worker in self._workers.items() if worker.readable}
            ready, _, _ = select.select([self._orders, wakeup, *sockets], [], [])
            # Sockets come first: `_reap` removes workers, after which `sockets` would be out of date.
            for descriptor in ready:
                if descriptor in sockets:
                    self._forward(sockets[descriptor])
            if wakeup in ready:
                os.read(wakeup, 4096)
                self._reap()
            if self._orders in ready:
                self._dispatch(*read_frame(self._orders, MAX_FRAME))

    def _dispatch(self, channel: int, data: bytes) -> None:
        """Carry out an order on channel 0; pass anything else on to its worker."""
        if channel:
            worker = self._workers.get(channel)
            if worker is not None:
                with contextlib.suppress(OSError):  # it has just ended, and its notice is on the way
                    worker.socket.sendall(LENGTH.pack(len(data)) + data)
            return
        match unpack_order(data):
            case Fork(parent, new):
                self._fork(parent, new)
            case Kill(target):
                self._kill(target)

    def _fork(self, parent: int, new: int) -> None:
        """Have a worker fork itself: a message that carries a descriptor is the request, the descriptor the copy's."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            if parent in self._workers:
                with contextlib.suppress(OSError):
                    socket.send_fds(self._workers[parent].socket, [LENGTH.pack(0)], [theirs.fileno()])
                    self.add(new, ours.dup())
                    return
        self._report(Exited(new, 0, 0))

    def _kill(self, channel: int) -> None:
        worker = self._workers.get(channel)
        if worker is None:
            return
        if worker.pid:
            with contextlib.suppress(OSError):
                os.kill(worker.pid, signal.SIGKILL)
        else:
            # Its process number is not known yet; `_forward` kills it when it comes.
            self._killed_early.add(channel)

    def _forward(self, channel: int) -> None:
        """Pass on one message of a worker. The first one is its process number, which becomes an empty message."""
        worker = self._workers[channel]
        descriptor = worker.socket.fileno()
        try:
            (size,) = LENGTH.unpack(read_exactly(descriptor, LENGTH.size))
            if size > MAX_FRAME:
                raise Closed
            data = read_exactly(descriptor, size)
        except Closed:
            worker.readable = False
            # With a process number, its end is reported when it is reaped. Without one, there was never a process:
            # the fork failed.
            if not worker.pid:
                self._end(channel, 0, 0)
            return
        if worker.pid:
            write_frame(self._notices, channel, data)
            return
        # A hostile worker may send any number of bytes here, so cut and pad them to one number.
        (worker.pid,) = LENGTH.unpack(data[: LENGTH.size].rjust(LENGTH.size, b"\0"))
        write_frame(self._notices, channel, b"")
        if channel in self._killed_early:
            self._kill(channel)

    def _reap(self) -> None:
        """Report all children that have ended."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            for channel, worker in list(self._workers.items()):
                if worker.pid == pid:
                    self._drain(channel, worker)
                    self._end(channel, status, int(1000 * (usage.ru_utime + usage.ru_stime)))

    def _drain(self, channel: int, worker: _Worker) -> None:
        """Forward what a worker sent before it ended."""
        while worker.readable and select.select([worker.socket], [], [], 0)[0]:
            self._forward(channel)

    def _end(self, channel: int, status: int, cpu_ms: int) -> None:
        worker = self._workers.pop(channel, None)
        if worker is not None:
            worker.socket.close()
            self._report(Exited(channel, status & 0xFFFF, cpu_ms))

    def _report(self, notice: Exited) -> None:
        write_frame(self._notices, 0, pack_order(notice))


def main() -> None:
    """Start the root worker, then serve. The program's arguments are the modules that it imports ahead."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # `select` is not interrupted by a signal whose handler returns, so SIGCHLD writes a byte to a socket instead.
    waking, wakeup = socket.socketpair()
    waking.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        waking.close()
        wakeup.close()
        # Imported in the child alone: the supervisor runs no cells.
        from .worker import run_root_worker

        run_root_worker(theirs, sys.argv[1:])
    theirs.close()
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    supervisor = Supervisor()
    supervisor.add(ROOT, ours)
    with contextlib.suppress(Closed):
        supervisor.serve(wakeup.fileno())


if __name__ == "__main__":
    main()
