"""The test runner's end of the line to a sandbox: workers as a tree of snapshots, each with limits on time.

Everything that comes from there was under the student's control. It is decoded by the `codec` and is never more than a
value.
"""

import os
import signal
import time
from dataclasses import dataclass, field
from typing import Any

from .codec import MAX_FRAME, Codec, WireError
from .protocol import EXITED, FORK, KILL, LENGTH, ORDER, ROOT, Closed, Overdue, read_frame, write_frame
from .trace import Trace

__all__ = ["Budget", "Interruption", "Link", "SandboxLost", "Worker", "WorkerDied"]

ORDERS = {FORK: "fork", KILL: "kill"}
TIME_LIMIT_SHARE = 0.6
"""Share of its time after which a killed worker was killed for it: a limit counts ticks, the account is exact, and
on a busy virtual machine the two drift apart."""
START_S = 60.0
"""For what costs the student no time: starting, forking, packing a value."""


class Interruption(BaseException):
    """Something that no check may take for an error of the function that it calls, so it is no Exception."""


class SandboxLost(Interruption):
    """The whole sandbox has ended, or no longer says anything that could be understood."""


class WorkerDied(Exception):  # noqa: N818
    """One worker has ended or was ended; the text says why, `timed_out` whether it was for its time."""

    def __init__(self, why: str, timed_out: bool = False) -> None:
        super().__init__(why)
        self.timed_out = timed_out


@dataclass(frozen=True)
class Budget:
    """What a cell or a test may use: processor time is bounded by the kernel, waiting by the test runner."""

    cpu_s: float
    memory_mib: int
    wall_factor: float = 2.0
    """Wall time as a multiple of processor time; a busy machine gives a process its turn late."""

    @property
    def wall_s(self) -> float:
        """Seconds until somebody who merely waits is ended."""
        return self.wall_factor * self.cpu_s + 1.0


@dataclass
class _Exit:
    status: int
    cpu_s: float


@dataclass
class Link:
    """A started sandbox, by the two descriptors that lead to its supervisor."""

    to_supervisor: int
    from_supervisor: int
    trace: Trace | None = None
    _next: int = ROOT
    _exits: dict[int, _Exit] = field(default_factory=dict)

    def root(self) -> "Worker":
        """The first worker, once it has done its imports."""
        return self._started(ROOT)

    def fork(self, parent: "Worker") -> "Worker":
        """A copy of a worker.

        Raises:
            WorkerDied: the sandbox has no room for another process, or the parent has ended.
            SandboxLost: the sandbox has ended.
        """
        self._next += 1
        self.order(FORK, parent.channel, self._next)
        return self._started(self._next)

    def can_fork_root(self) -> bool:
        """Whether the first worker, in which no student's code has run, can be copied."""
        try:
            self.fork(Worker(self, ROOT)).kill()
        except WorkerDied:
            return False
        return True

    def _started(self, channel: int) -> "Worker":
        worker = Worker(self, channel)
        self.receive(channel, time.monotonic() + START_S, 0.0)
        return worker

    def order(self, what: int, first: int, second: int = 0) -> None:
        """Tell the supervisor to do something."""
        if self.trace:
            self.trace.note("->", 0, [ORDERS[what], first, second])
        self.send(0, ORDER.pack(what, first, second))

    def send(self, channel: int, data: bytes) -> None:
        """Send a message to a worker, or to the supervisor on channel 0."""
        try:
            write_frame(self.to_supervisor, channel, data)
        except Closed:
            raise SandboxLost from None

    def receive(self, channel: int, deadline: float, cpu_s: float) -> bytes:
        """The next message of one worker; those of others, who have nothing to say any more, are dropped."""
        while True:
            if channel in self._exits:
                raise _death_of(self._exits[channel], cpu_s)
            try:
                sender, data = read_frame(self.from_supervisor, MAX_FRAME, deadline)
            except Closed:
                raise SandboxLost from None
            if sender == channel:
                return data
            if sender == 0:
                self._note(data)

    def _note(self, data: bytes) -> None:
        if len(data) != ORDER.size + LENGTH.size:
            raise SandboxLost
        what, channel, status = ORDER.unpack(data[: ORDER.size])
        (cpu_ms,) = LENGTH.unpack(data[ORDER.size :])
        if what == EXITED:
            self._exits[channel] = _Exit(status, cpu_ms / 1000)
            if self.trace:
                self.trace.note("<-", 0, ["exited", channel, status, f"{cpu_ms} ms"])


def _death_of(exit_: _Exit, cpu_s: float) -> WorkerDied:
    if os.WIFSIGNALED(exit_.status):
        number = os.WTERMSIG(exit_.status)
        if number in (signal.SIGXCPU, signal.SIGKILL) and cpu_s and exit_.cpu_s >= TIME_LIMIT_SHARE * cpu_s:
            return WorkerDied(f"longer than {cpu_s:g} s", timed_out=True)
        try:
            return WorkerDied(f"its process was ended by {signal.Signals(number).name}")
        except ValueError:
            return WorkerDied(f"its process was ended by signal {number}")
    return WorkerDied("its process ended itself")


@dataclass
class Worker:
    """One state of the student's notebook."""

    link: Link
    channel: int
    _budget: Budget | None = None
    _deadline: float = 0.0

    def fork(self) -> "Worker":
        """A copy, to run a cell or a test in."""
        return self.link.fork(self)

    def set_limits(self, budget: Budget, codec: Codec) -> None:
        """From now on its time runs."""
        self._budget = budget
        self._deadline = time.monotonic() + budget.wall_s
        self.send(["limit", max(1, round(budget.cpu_s)), budget.memory_mib], codec)

    def extend_deadline(self, seconds: float) -> None:
        """Others had their turn so long."""
        self._deadline += seconds

    def send(self, message: list[Any], codec: Codec) -> None:
        """Send a message.

        Raises:
            WireError: it holds something that cannot be sent.
            SandboxLost: the sandbox has ended.
        """
        if self.link.trace:
            self.link.trace.note("->", self.channel, message)
        self.link.send(self.channel, codec.pack(message))

    def receive(self, codec: Codec) -> list[Any]:
        """Its answer: a list that begins with a word.

        Raises:
            WorkerDied: it ended, took too long, or said something that is no answer; then it is ended.
            SandboxLost: the sandbox has ended.
        """
        cpu_s = self._budget.cpu_s if self._budget else 0.0
        try:
            answer = codec.unpack(self.link.receive(self.channel, self._deadline, cpu_s))
        except Overdue:
            self.kill()
            raise WorkerDied(f"longer than {cpu_s:g} s", timed_out=True) from None
        except WireError as error:
            self.kill()
            raise WorkerDied(f"its answer could not be read: {error}") from None
        if self.link.trace:
            self.link.trace.note("<-", self.channel, answer)
        if answer == ["timed_out"]:
            raise WorkerDied(f"longer than {cpu_s:g} s", timed_out=True)
        if not isinstance(answer, list) or not answer or not isinstance(answer[0], str):
            self.kill()
            raise WorkerDied("its answer is none")
        return answer

    def kill(self) -> None:
        """SIGKILL."""
        self.link.order(KILL, self.channel)
