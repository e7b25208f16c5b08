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
"""Bytes kept of the program's standard error, from its end."""
PIPE = 65536
"""Bytes of standard error read at each check, one pipe full. A program that writes faster waits."""
KILL_S = 30.0
"""Seconds to wait for the end of all processes after SIGKILL."""


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
        """The end of standard error, written by the program or by the sandbox around it."""
        with self._lock:
            self._drain()
            return self._tail.decode(errors="replace")

    def usage(self) -> Usage:
        """What all processes together have used so far."""
        with self._lock:
            if not self._ending:
                self._measure()
            return self._usage

    def restart_clock(self) -> None:
        """Count `wall_s` and `cpu_s` of the quota from now on, in a sandbox that was started ahead of its use."""
        with self._lock:
            self._measure()
            self._clock, self._cpu_base_s = time.monotonic(), self._usage.cpu_s

    def ended(self) -> Ending | None:
        """Why the program ended; None while it runs.

        Raises:
            SandboxFailure: the sandbox failed, not the program.
        """
        with self._lock:
            self._reap()
            if isinstance(self._ending, SandboxFailure):
                raise self._ending
            return self._ending

    def kill(self) -> None:
        """Kill all processes, wait for their end, and close the pipes. Does no harm if they have ended already."""
        with self._lock:
            self._reap()
            if not self._ending:
                self._stop("killed")
        # Without the lock: the keeper, which may be the one to notice the end, needs it.
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
        """Why the program ended; None if it still runs after that time."""
        self._wait(timeout_s)
        return self.ended()

    def check(self) -> bool:
        """Called by the keeper: kill the program if it is beyond its quota. True once it has ended."""
        with self._lock:
            try:
                self._reap()
                if not self._ending:
                    self._drain()
                    reading = self._measure()
                    if not self._reason and (limit := self._exceeded(reading)):
                        self._stop(limit)
            except Exception as error:  # an error here must not end the keeper's thread
                self._failure = SandboxFailure("the sandbox failed", got=repr(error))
                self._launched.stop()
            return self._ending is not None

    def _wait(self, timeout_s: float) -> bool:
        """Whether it has ended by then. Pauses double from 0.2 ms, because most waits are short."""
        deadline, pause_s = time.monotonic() + timeout_s, 0.0002
        while True:
            with self._lock:
                self._reap()
                if self._ending or time.monotonic() > deadline:
                    return self._ending is not None
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, CHECK_INTERVAL_S)

    def _drain(self) -> None:
        """Read standard error, so that the program does not block on a full pipe."""
        if not self._closed:
            with contextlib.suppress(BlockingIOError):
                self._tail = (self._tail + os.read(self._launched.pipes.stderr, PIPE))[-DIAGNOSTICS:]

    def _measure(self) -> Reading | None:
        """Measure and update the usage. None if the tier cannot tell, or if the program is just ending."""
        reading = None
        with contextlib.suppress(OSError):  # what is read disappears as the program ends
            reading = self._launched.measure()
        used, seen = reading or Reading(0.0, 0.0, 0), self._usage
        # Never less than before: processes that end take their memory along, and in tier B their time.
        self._usage = Usage(
            cpu_s=max(used.cpu_s, seen.cpu_s),
            wall_s=time.monotonic() - self._start,
            memory_mib=max(used.memory_mib, seen.memory_mib),
            processes=max(used.processes, seen.processes),
        )
        return reading

    def _exceeded(self, reading: Reading | None) -> Reason | None:
        """The part of the quota that is used up; None if none is."""
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
        """Note the end of the program, if it has come. The caller holds the lock."""
        if self._ending:
            return
        # wait4 instead of Popen.poll, which drops the resource usage. Popen then has to be told the status.
        pid, status, used = os.wait4(self._process.pid, os.WNOHANG)
        if not pid:
            return
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._drain()
        self._measure()
        cpu_s = max(self._usage.cpu_s, used.ru_utime + used.ru_stime)
        self._usage = Usage(cpu_s, self._usage.wall_s, self._usage.memory_mib, self._usage.processes)
        self._ending = self._verdict()
        try:
            self._launched.release()
        except OSError as error:
            self._ending = SandboxFailure("the sandbox left something behind", got=error)

    def _verdict(self) -> Ending | SandboxFailure:
        """Why it ended, once it has: our own failure first, then the limit for which we killed it."""
        if self._failure:
            return self._failure
        if self._reason:
            return Ending(self._reason)
        # The kernel may have killed it for memory between two checks.
        if self._launched.out_of_memory():
            return Ending("memory")
        exit_status = self._launched.exit_status()
        if exit_status is None:
            message = self._tail.decode(errors="replace").strip() or f"status {self._process.returncode}"
            return SandboxFailure("the sandbox failed before the program started", got=message)
        return Ending("exited", exit_status)
