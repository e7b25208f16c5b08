"""The test runner as the grader sees it: a process that is started once and is sent one job after the other.

Its own side is `autograder.guest.test_runner`. The grader reads nothing that student code sends, only the records that
the test runner makes of it.
"""

import logging
import socket
import sys
import threading
import time
from collections.abc import Callable

from autograder.guest.codec import MAX_FRAME, Codec, WireError
from autograder.guest.messages import Job, Record
from autograder.guest.protocol import Closed, Overdue, read_frame, write_frame
from autograder.guest.typed import from_plain, to_plain
from autograder.sandbox import TRUSTED, Box, Mounts, Quota, SandboxFailure, Tier, start

__all__ = ["TestRunner"]

CODEC = Codec()
LOGGER = logging.getLogger(__name__)
READY_S = 120.0
"""Seconds to start and to import what the tests import; also how long a record may come after its deadline."""
POLL_S = 0.2
"""Seconds between two looks at the deadline and at `stopped`."""


class TestRunner:
    """A test runner's process, which forks a child for each job.

    Args:
        mounts: what it sees.
        modules: what it imports ahead.
        tier: that of the student's side.

    Raises:
        SandboxFailure: it did not start.
    """

    def __init__(self, mounts: Mounts, modules: tuple[str, ...], tier: Tier) -> None:
        ours, theirs = socket.socketpair()
        self._control, self._sending = ours, threading.Lock()
        with theirs:
            descriptor = theirs.fileno()
            program = [sys.executable, "-m", "guest.test_runner", str(descriptor), *modules]
            # It serves a whole class, so its limits are there for runaways only: a fork bomb, or memory without end.
            quota = Quota(memory_mib=8192, processes=256, cpu_s=1e6, wall_s=1e7)
            # Jobs arrive as descriptors, which a container cannot be given; so in tier C it runs outside, and only
            # student code is contained.
            self._box = start(program, mounts, quota, TRUSTED if tier.name == "C" else tier, pass_fds=(descriptor,))
        ours.settimeout(READY_S)
        try:
            ready = ours.recv(1)
        except TimeoutError:
            ready = b""
        if not ready:
            diagnostics = self._box.diagnostics().strip()
            self.close()
            LOGGER.error("the test runner did not start\n%s", diagnostics)
            raise SandboxFailure("the test runner did not start", got=diagnostics.rpartition("\n")[2] or "no answer")

    def alive(self) -> bool:
        """Whether its process still runs."""
        return self._box.ended() is None

    def close(self) -> None:
        """End its process."""
        self._control.close()
        self._box.kill()

    def run(self, job: Job, box: Box, deadline: float, stopped: Callable[[], bool]) -> Record:
        """Run one job and return its record, however the student's sandbox ended.

        Args:
            job: what to run.
            box: the student's sandbox, killed at the deadline or when `stopped` returns True.
            deadline: on the clock of `time.monotonic`.
            stopped: called every `POLL_S`.

        Raises:
            SandboxFailure: the test runner failed. Nothing that the student's side does raises this.
        """
        ours, theirs = socket.socketpair()
        with ours:
            with theirs, self._sending:
                try:
                    socket.send_fds(self._control, [b"j"], [theirs.fileno(), box.stdin, box.stdout])
                except OSError as error:
                    raise SandboxFailure("the test runner has ended") from error
            return self._await_record(ours, job, box, deadline, stopped)

    def _await_record(
        self, job_socket: socket.socket, job: Job, box: Box, deadline: float, stopped: Callable[[], bool]
    ) -> Record:
        descriptor = job_socket.fileno()
        try:
            write_frame(descriptor, 0, CODEC.pack(to_plain(job)))
            while True:
                try:
                    channel, data = read_frame(descriptor, MAX_FRAME, time.monotonic() + POLL_S)
                    break
                except Overdue:
                    if time.monotonic() > deadline + READY_S:
                        raise SandboxFailure("the test runner does not come to an end") from None
                    # Without its sandbox, the test runner has a record at once: of what it knows so far.
                    if stopped() or time.monotonic() > deadline:
                        box.kill()
            # Channel 1 carries a traceback, which may quote a hidden test and so goes to the log alone.
            if channel:
                traceback = data.decode("utf-8", "replace")
                LOGGER.error("the test runner failed\n%s", traceback)
                raise SandboxFailure("the test runner failed", got=traceback.strip().splitlines()[-1][:500])
            record = from_plain(Record, CODEC.unpack(data))
            for cell, traceback in record.tracebacks.items():
                LOGGER.warning("%s ended with an error of the test itself\n%s", cell, traceback)
            return record
        except (Closed, WireError) as error:
            raise SandboxFailure("the test runner ended without an answer") from error
