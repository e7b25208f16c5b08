"""The test runner's end of the pipes to a student's sandbox: workers as a tree of snapshots, each with time limits.

Everything that arrives here was under the student's control. `codec` decodes it, and it is never more than a value.
"""

import os
import signal
import time
from dataclasses import dataclass, field
from typing import TypeVar

from .codec import MAX_FRAME, Codec, WireError
from .messages import Fault, Message, SetLimits, TimedOut, message_from
from .protocol import (
    ROOT,
    Closed,
    Exited,
    Fork,
    Kill,
    Order,
    Overdue,
    pack_order,
    read_frame,
    unpack_order,
    write_frame,
)
from .trace import Trace
from .typed import FormError

__all__ = ["Budget", "Interruption", "Link", "SandboxLost", "Worker", "WorkerDied"]

MAX_FAULTS, MAX_FAULT_TEXT = 10, 20_000
"""Tracebacks kept of one submission and characters of each, because student code can send any number of them."""
TIME_LIMIT_SHARE = 0.6
"""A worker that was killed after this share of its processor time counts as killed for it. RLIMIT_CPU counts clock
ticks and wait4(2) reports exact time; on a busy virtual machine the two drift apart."""
START_S = 60.0
"""Wall time for a fork and for the imports of the root worker, which are not charged to the student."""


M = TypeVar("M", bound=Message)


class Interruption(BaseException):
    """Ends a test from within. Not an Exception, so that a check does not take it for an error of the function."""


class SandboxLost(Interruption):
    """The whole sandbox has ended, or its supervisor sends what cannot be understood."""


class WorkerDied(Exception):  # noqa: N818
    """One worker has ended or was killed.

    Attributes:
        timed_out: whether it ran into a limit on time. The text says what happened in any case.
    """

    def __init__(self, reason: str, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.timed_out = timed_out


@dataclass(frozen=True)
class Budget:
    """What a cell or a test may use. The kernel limits processor time, the test runner wall time."""

    cpu_s: float
    memory_mib: int
    wall_factor: float = 2.0
    """Wall time as a multiple of processor time, because a process on a busy machine waits for its turn."""

    @property
    def wall_s(self) -> float:
        """Seconds after which a worker is killed, whether it computes or waits."""
        # One second more, because RLIMIT_CPU cannot be less than a second, however small `cpu_s` is.
        return self.wall_factor * self.cpu_s + 1.0


@dataclass
class Link:
    """A started sandbox, reached by the two descriptors that lead to its supervisor."""

    to_supervisor: int
    from_supervisor: int
    trace: Trace | None = None
    faults: dict[str, str] = field(default_factory=dict)
    """Tracebacks of workers that failed, by worker: for the grader's log. Student code may have written them."""
    _newest: int = ROOT
    _exits: dict[int, Exited] = field(default_factory=dict)

    def root(self) -> "Worker":
        """The root worker, once it has done its imports.

        Raises:
            Overdue: they took longer than `START_S`.
            WorkerDied: it ended.
            SandboxLost: the sandbox has ended.
        """
        return self._started(ROOT)

    def fork(self, parent: "Worker") -> "Worker":
        """A copy of a worker.

        Raises:
            WorkerDied: the sandbox has no room for another process, or the parent has ended.
            SandboxLost: the sandbox has ended.
        """
        # Channels are never used twice: a late message of an old worker must not look like one of a new worker.
        self._newest += 1
        self.order(Fork(parent.channel, self._newest))
        return self._started(self._newest)

    def can_fork_root(self) -> bool:
        """Whether the sandbox has room for another process, tried on the root, where no student code has run."""
        try:
            self.fork(Worker(self, ROOT)).kill()
        except WorkerDied:
            return False
        return True

    def _started(self, channel: int) -> "Worker":
        """A worker whose first message has come; the supervisor makes it an empty one."""
        worker = Worker(self, channel)
        self.receive(channel, time.monotonic() + START_S, 0.0)
        return worker

    def order(self, order: Order) -> None:
        """Send the supervisor an order."""
        if self.trace:
            self.trace.note("->", 0, order)
        self.send(0, pack_order(order))

    def note_fault(self, channel: int, fault: Fault) -> None:
        """Keep the traceback that a worker sends before it ends."""
        if len(self.faults) < MAX_FAULTS:
            self.faults[f"worker {channel}"] = fault.text[:MAX_FAULT_TEXT]

    def send(self, channel: int, data: bytes) -> None:
        """Send bytes to a worker, or to the supervisor on channel 0."""
        try:
            write_frame(self.to_supervisor, channel, data)
        except Closed:
            raise SandboxLost from None

    def receive(self, channel: int, deadline: float, cpu_s: float) -> bytes:
        """The next message of one worker.

        Args:
            channel: the worker's.
            deadline: on the clock of `time.monotonic`.
            cpu_s: the worker's limit on processor time, by which its death is explained; 0 if it has none.

        Raises:
            Overdue: nothing came before the deadline.
            WorkerDied: the worker has ended.
            SandboxLost: the sandbox has ended.
        """
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
                self._note_exit(data)
            # Messages of other workers are dropped: none of them has been asked anything.

    def _note_exit(self, data: bytes) -> None:
        try:
            notice = unpack_order(data)
        except FormError:
            raise SandboxLost from None
        # Only a supervisor that is the student's by now sends orders. They mean nothing here.
        if isinstance(notice, Exited):
            self._exits[notice.channel] = notice
            if self.trace:
                self.trace.note("<-", 0, notice)


def _death_of(worker_exit: Exited, cpu_s: float) -> WorkerDied:
    """Why a worker ended, from its wait status and the processor time that it used."""
    if os.WIFSIGNALED(worker_exit.status):
        number = os.WTERMSIG(worker_exit.status)
        # SIGKILL is also what RLIMIT_CPU sends one second after SIGXCPU, so the time used must decide.
        if (
            number in (signal.SIGXCPU, signal.SIGKILL)
            and cpu_s
            and worker_exit.cpu_ms >= 1000 * TIME_LIMIT_SHARE * cpu_s
        ):
            return WorkerDied(f"longer than {cpu_s:g} s", timed_out=True)
        try:
            return WorkerDied(f"its process was ended by {signal.Signals(number).name}")
        except ValueError:  # real-time signals have no names
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
        """A copy, in which to run a cell or a test."""
        return self.link.fork(self)

    def set_limits(self, budget: Budget, codec: Codec) -> None:
        """Set the limits of the worker's process and start its clock."""
        self._budget = budget
        self._deadline = time.monotonic() + budget.wall_s
        self.send(SetLimits(max(1, round(budget.cpu_s)), budget.memory_mib), codec)

    def extend_deadline(self, seconds: float) -> None:
        """Give the worker more wall time, for the time in which it was not its turn."""
        self._deadline += seconds

    def send(self, message: Message, codec: Codec) -> None:
        """Send a message.

        Raises:
            WireError: it holds something that cannot be sent.
            SandboxLost: the sandbox has ended.
        """
        if self.link.trace:
            self.link.trace.note("->", self.channel, message.to_list())
        self.link.send(self.channel, codec.pack(message.to_list()))

    def receive(self, codec: Codec, *kinds: type[M]) -> M:
        """The worker's reply.

        Args:
            codec: for the values in it.
            kinds: what it may be.

        Raises:
            WorkerDied: it ended, took too long, or sent something else and was killed.
            SandboxLost: the sandbox has ended.
        """
        cpu_s = self._budget.cpu_s if self._budget else 0.0
        try:
            value = codec.unpack(self.link.receive(self.channel, self._deadline, cpu_s))
            if self.link.trace:
                self.link.trace.note("<-", self.channel, value)
            reply: Message = message_from(value, *kinds, TimedOut, Fault)
        except Overdue:
            # Nothing that it might still send is read: its channel is not used again.
            self.kill()
            raise WorkerDied(f"longer than {cpu_s:g} s", timed_out=True) from None
        except FormError:
            self.kill()
            raise WorkerDied("its answer has the wrong form") from None
        except WireError as error:
            self.kill()
            raise WorkerDied(f"its answer could not be read: {error}") from None
        if isinstance(reply, TimedOut):
            raise WorkerDied(f"longer than {cpu_s:g} s", timed_out=True)
        if isinstance(reply, Fault):
            self.link.note_fault(self.channel, reply)
            raise WorkerDied("its process ended itself")
        return reply  # type: ignore[return-value]  # the two kinds that are not among `kinds` have raised

    def kill(self) -> None:
        """Send SIGKILL, without waiting for the end."""
        self.link.order(Kill(self.channel))
