"""One sandbox, from its start to its end."""

import contextlib
import os
import threading
import time
from typing import Self

from autograder.sandbox.keeper import CHECK_INTERVAL_S, keeper
from autograder.sandbox.launched import Launched
from autograder.sandbox.processes import Reading
from autograder.sandbox.terms import Ending, Quota, Reason, SandboxFailure, Usage

__all__ = ["Box"]

DIAGNOSTICS = 8192
"""Bytes kept of what the program writes to its standard error."""
PIPE = 65536
"""Bytes read of it at each look: who writes more waits, and costs the grader nothing."""
KILL_S = 30.0


class Box:
    """A program that runs in a sandbox, used once.

    Attributes:
        stdin: descriptor of the pipe to the program's standard input.
        stdout: descriptor of the pipe from its standard output. Both belong to the box, which closes them in `kill`;
            hand on a duplicate.
    """

    def __init__(self, launched: Launched, quota: Quota) -> None:
        self._launched, self._quota = launched, quota
        self._process = launched.pipes.process
        self.stdin, self.stdout = launched.pipes.stdin, launched.pipes.stdout
        self._lock = threading.RLock()
        self._tail = b""
        self._clock = self._start = time.monotonic()
        self._cpu_base_s = 0.0
        self._usage = Usage()
        self._reason: Reason | None = None
        self._ending: Ending | SandboxFailure | None = None
        self._failure: SandboxFailure | None = None
        self._closed = False
        keeper().watch(self)

    def diagnostics(self) -> str:
        """The end of what was written to standard error, by the program or by the sandbox itself."""
        with self._lock:
            self._drain()
            return self._tail.decode(errors="replace")

    def usage(self) -> Usage:
        """What all its processes together have used so far."""
        with self._lock:
            if not self._ending:
                self._measure()
            return self._usage

    def restart_clock(self) -> None:
        """Let `wall_s` and `cpu_s` of the quota count from now: for a sandbox that was started ahead of its use."""
        with self._lock:
            self._measure()
            self._clock, self._cpu_base_s = time.monotonic(), self._usage.cpu_s

    def ended(self) -> Ending | None:
        """Why it ended; None while it runs.

        Raises:
            SandboxFailure: the sandbox failed, not the program.
        """
        with self._lock:
            self._reap()
            if isinstance(self._ending, SandboxFailure):
                raise self._ending
            return self._ending

    def kill(self) -> None:
        """Kill all of it, wait until nothing is left, and close the pipes. Harmless if it has ended already."""
        with self._lock:
            self._reap()
            if not self._ending:
                self._stop("killed")
        if not self._wait(KILL_S):
            raise SandboxFailure("the sandbox does not end", got=f"nothing within {KILL_S:g} s of SIGKILL")
        with self._lock:
            if not self._closed:
                self._closed = True
                for descriptor in (self.stdin, self.stdout, self._launched.pipes.stderr):
                    os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def wait(self, timeout_s: float) -> Ending | None:
        """Why it ended; None if it still runs after that time."""
        self._wait(timeout_s)
        return self.ended()

    def check(self) -> bool:
        """The keeper's look: has it ended, or used up its quota?"""
        with self._lock:
            try:
                self._reap()
                if not self._ending:
                    self._drain()
                    reading = self._measure()
                    if not self._reason and (spent := self._exceeded(reading)):
                        self._stop(spent)
            except Exception as error:  # the keeper has others to look after
                self._failure = SandboxFailure("the sandbox failed", got=repr(error))
                self._launched.stop()
            return self._ending is not None

    def _wait(self, timeout_s: float) -> bool:
        """Whether it has ended by then; looks more often at first, as most waits are short."""
        deadline, pause_s = time.monotonic() + timeout_s, 0.0002
        while True:
            with self._lock:
                self._reap()
                if self._ending or time.monotonic() > deadline:
                    return self._ending is not None
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, CHECK_INTERVAL_S)

    def _drain(self) -> None:
        if not self._closed:
            with contextlib.suppress(BlockingIOError):
                self._tail = (self._tail + os.read(self._launched.pipes.stderr, PIPE))[-DIAGNOSTICS:]

    def _measure(self) -> Reading | None:
        reading = None
        with contextlib.suppress(OSError):  # it ends at this moment
            reading = self._launched.measure()
        used, seen = reading or Reading(0.0, 0.0, 0), self._usage
        self._usage = Usage(
            cpu_s=max(used.cpu_s, seen.cpu_s),
            wall_s=time.monotonic() - self._start,
            memory_mib=max(used.memory_mib, seen.memory_mib),
            processes=max(used.processes, seen.processes),
        )
        return reading

    def _exceeded(self, reading: Reading | None) -> Reason | None:
        """What of the quota is used up."""
        if self._launched.out_of_memory():
            return "memory"
        if time.monotonic() - self._clock > self._quota.wall_s:
            return "wall"
        if self._usage.cpu_s - self._cpu_base_s > self._quota.cpu_s:
            return "cpu"
        if reading is None:
            return None
        limits: tuple[tuple[Reason, float, float], ...] = (
            ("processes", reading.processes, self._quota.processes),
            ("memory", reading.memory_mib, self._quota.memory_mib),
            ("files", reading.files, self._quota.files),
        )
        return next((reason for reason, used, limit in limits if used > limit), None)

    def _stop(self, reason: Reason) -> None:
        self._reason = self._reason or reason
        self._launched.stop()

    def _reap(self) -> None:
        """Take note of the end, if it has come."""
        if self._ending:
            return
        number, status, used = os.wait4(self._process.pid, os.WNOHANG)
        if not number:
            return
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._drain()
        self._measure()
        spent = max(self._usage.cpu_s, used.ru_utime + used.ru_stime)
        self._usage = Usage(spent, self._usage.wall_s, self._usage.memory_mib, self._usage.processes)
        self._ending = self._verdict()
        try:
            self._launched.release()
        except OSError as error:
            self._ending = SandboxFailure("the sandbox left something behind", got=error)

    def _verdict(self) -> Ending | SandboxFailure:
        if self._failure:
            return self._failure
        if self._reason:
            return Ending(self._reason)
        if self._launched.out_of_memory():
            return Ending("memory")
        exit_status = self._launched.exit_status()
        if exit_status is None:
            words = self._tail.decode(errors="replace").strip() or f"status {self._process.returncode}"
            return SandboxFailure("the sandbox failed before the program started", got=words)
        return Ending("exited", exit_status)
