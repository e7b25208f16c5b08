"""The test runner as the grader sees it: a process that is started once and examines one submission after the other.

Nothing that student code sends is read here: only what the test runner makes of it.
"""

import logging
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from autograder.guest.codec import MAX_FRAME, Codec, WireError
from autograder.guest.protocol import Closed, Overdue, read_frame, write_frame
from autograder.sandbox import TRUSTED, Box, Mounts, Quota, SandboxFailure, Tier, start

__all__ = ["TestRunner"]

CODEC = Codec()
LOGGER = logging.getLogger(__name__)
READY_S = 120.0


class TestRunner:
    """The test runner's process, which forks one for each submission.

    Args:
        mounts: what it sees.
        modules: imported ahead.
        tier: of the student's side.

    Raises:
        SandboxFailure: it did not start.
    """

    def __init__(self, mounts: Mounts, modules: tuple[str, ...], tier: Tier) -> None:
        ours, theirs = socket.socketpair()
        self._control, self._sending = ours, threading.Lock()
        with theirs:
            descriptor = theirs.fileno()
            program = [sys.executable, "-m", "guest.test_runner", str(descriptor), *modules]
            quota = Quota(memory_mib=8192, processes=256, cpu_s=1e6, wall_s=1e7)
            # a container gets no descriptors, on which the work arrives: there, only student code is contained
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
        """Whether it still runs."""
        return self._box.ended() is None

    def close(self) -> None:
        """End it."""
        self._control.close()
        self._box.kill()

    def run(self, job: dict[str, Any], box: Box, deadline: float, stopped: Callable[[], bool]) -> dict[str, Any]:
        """Have one submission run; returns what the test runner found, whatever became of the worker's sandbox.

        Args:
            job: as `guest.test_runner` takes it.
            box: the student's side, killed at the deadline or when `stopped` says so.
            deadline: on the clock of `time.monotonic`.
            stopped: asked five times a second.

        Raises:
            SandboxFailure: the test runner failed; whatever the student's side does is no reason.
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
        self, line: socket.socket, job: dict[str, Any], box: Box, deadline: float, stopped: Callable[[], bool]
    ) -> dict[str, Any]:
        descriptor = line.fileno()
        try:
            write_frame(descriptor, 0, CODEC.pack(job))
            while True:
                try:
                    failed, data = read_frame(descriptor, MAX_FRAME, time.monotonic() + 0.2)
                    break
                except Overdue:
                    if time.monotonic() > deadline + READY_S:
                        raise SandboxFailure("the test runner does not come to an end") from None
                    if stopped() or time.monotonic() > deadline:
                        box.kill()
            if failed:
                traceback = data.decode("utf-8", "replace")
                LOGGER.error("the test runner failed\n%s", traceback)
                raise SandboxFailure("the test runner failed", got=traceback.strip().splitlines()[-1][:500])
            record: dict[str, Any] = CODEC.unpack(data)
            for cell, traceback in record["tracebacks"].items():
                LOGGER.warning("%s ended with an error of the test itself\n%s", cell, traceback)
            return record
        except (Closed, WireError) as error:
            raise SandboxFailure("the test runner ended without an answer") from error
