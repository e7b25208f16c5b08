"""First process of a worker's sandbox: starts worker processes, carries their messages, ends them.

Workers form a tree. The first one has done nothing but imports. `fork` makes a copy of any of them, which runs one
cell or serves the calls of one test and may then be forked in turn; a process that waits is thus a *snapshot* of the
state after its cell. Copies are orphaned at once and become the supervisor's children, so that
it learns when and how they end.

The test runner's orders come on standard input, on channel 0, as two numbers and a word:

    FORK parent new     KILL channel 0

and the supervisor answers EXITED on channel 0: the channel, the status of `waitpid`, milliseconds of processor time.
All else is passed on between standard input and output and the workers' sockets unread. It runs as the same
user as the student's code, which can kill it: that ends the sandbox and with it the student's chance of points,
nothing more.
"""

import contextlib
import ctypes
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass, field

from .codec import MAX_FRAME
from .protocol import EXITED, FORK, KILL, LENGTH, ORDER, ROOT, Closed, read_exactly, read_frame, write_frame

__all__ = ["main"]

PR_SET_CHILD_SUBREAPER = 36


@dataclass
class _Worker:
    socket: socket.socket
    pid: int = 0
    """Known once the worker has said it."""
    unread: bool = field(default=True)


class Supervisor:
    def __init__(self) -> None:
        self._workers: dict[int, _Worker] = {}
        self._killed_early: set[int] = set()

    def add(self, channel: int, end: socket.socket) -> None:
        self._workers[channel] = _Worker(end)

    def serve(self, wakeup: int) -> None:
        """Carry messages until the test runner hangs up."""
        while True:
            sockets = {worker.socket.fileno(): channel for channel, worker in self._workers.items() if worker.unread}
            ready, _, _ = select.select([0, wakeup, *sockets], [], [])
            for descriptor in ready:
                if descriptor in sockets:
                    self._forward(sockets[descriptor])
            if wakeup in ready:
                os.read(wakeup, 4096)
                self._reap()
            if 0 in ready:
                self._dispatch(*read_frame(0, MAX_FRAME))

    def _dispatch(self, channel: int, data: bytes) -> None:
        if channel:
            worker = self._workers.get(channel)
            if worker is not None:
                with contextlib.suppress(OSError):
                    worker.socket.sendall(LENGTH.pack(len(data)) + data)
            return
        order, first, second = ORDER.unpack(data)
        if order == FORK:
            self._fork(first, second)
        elif order == KILL:
            self._kill(first)

    def _fork(self, parent: int, new: int) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            if parent in self._workers:
                with contextlib.suppress(OSError):
                    socket.send_fds(self._workers[parent].socket, [LENGTH.pack(0)], [theirs.fileno()])
                    self.add(new, ours.dup())
                    return
        self._report_exit(new, 0, 0)

    def _kill(self, channel: int) -> None:
        worker = self._workers.get(channel)
        if worker is None:
            return
        if worker.pid:
            with contextlib.suppress(OSError):
                os.kill(worker.pid, signal.SIGKILL)
        else:
            self._killed_early.add(channel)

    def _forward(self, channel: int) -> None:
        """One message of a worker; its first one is its process number."""
        worker = self._workers[channel]
        descriptor = worker.socket.fileno()
        try:
            (size,) = LENGTH.unpack(read_exactly(descriptor, LENGTH.size))
            if size > MAX_FRAME:
                raise Closed
            data = read_exactly(descriptor, size)
        except Closed:
            worker.unread = False  # its end will be reported when its process is reaped
            if not worker.pid:
                self._end(channel, 0, 0)
            return
        if worker.pid:
            write_frame(1, channel, data)
            return
        (worker.pid,) = LENGTH.unpack(data[: LENGTH.size].rjust(LENGTH.size, b"\0"))
        write_frame(1, channel, b"")
        if channel in self._killed_early:
            self._kill(channel)

    def _reap(self) -> None:
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
        """What a worker said before it ended."""
        while worker.unread and select.select([worker.socket], [], [], 0)[0]:
            self._forward(channel)

    def _end(self, channel: int, status: int, cpu_ms: int) -> None:
        worker = self._workers.pop(channel, None)
        if worker is not None:
            worker.socket.close()
            self._report_exit(channel, status, cpu_ms)

    def _report_exit(self, channel: int, status: int, cpu_ms: int) -> None:
        write_frame(1, 0, ORDER.pack(EXITED, channel, status & 0xFFFF) + LENGTH.pack(cpu_ms))


def main() -> None:
    """Start the first worker, then serve. Arguments: modules that the first worker imports ahead."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    waking, wakeup = socket.socketpair()
    waking.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        waking.close()
        wakeup.close()
        from .worker import run_first_worker

        run_first_worker(theirs, sys.argv[1:])
    theirs.close()
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    supervisor = Supervisor()
    supervisor.add(ROOT, ours)
    with contextlib.suppress(Closed):
        supervisor.serve(wakeup.fileno())


if __name__ == "__main__":
    main()
