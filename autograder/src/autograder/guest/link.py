"""The examiner's end of the line to a sandbox: workers as a tree of snapshots, each with limits on time.

Everything that comes from there was under the student's control. It is decoded by the `wire` and is never more than a
value.
"""

import os
import signal
import time
from dataclasses import dataclass, field
from typing import Any

from .codec import MAX_FRAME, Codec, WireError
from .protocol import FORK, GONE, KILL, LENGTH, ORDER, ROOT, Closed, Overdue, read_frame, write_frame

__all__ = ["Budget", "Dead", "Interruption", "Link", "Lost", "Worker"]

MOST = 0.6
"""Share of its time after which a killed worker was killed for it: a limit counts ticks, the account is exact, and
on a busy virtual machine the two drift apart."""
START_S = 60.0
"""For what costs the student no time: starting, forking, packing a value."""


class Interruption(BaseException):
    """Something that no check may take for an error of the function that it calls, so it is no Exception."""


class Lost(Interruption):
    """The whole sandbox has ended, or no longer says anything that could be understood."""


class Dead(Exception):  # noqa: N818
    """One worker has ended or was ended; the text says why, `late` whether it was for its time."""

    def __init__(self, why: str, late: bool = False) -> None:
        super().__init__(why)
        self.late = late


@dataclass(frozen=True)
class Budget:
    """What a cell or a test may use: processor time is bounded by the kernel, waiting by the examiner."""

    cpu_s: float
    memory_mib: int
    patience: float = 2.0
    """Wall time as a multiple of processor time; a busy machine gives a process its turn late."""

    @property
    def wall_s(self) -> float:
        """Seconds until somebody who merely waits is ended."""
        return self.patience * self.cpu_s + 1.0


@dataclass
class _Gone:
    status: int
    cpu_s: float


@dataclass
class Link:
    """A started sandbox, by the two descriptors that lead to its warden."""

    to_warden: int
    from_warden: int
    _next: int = ROOT
    _gone: dict[int, _Gone] = field(default_factory=dict)

    def root(self) -> "Worker":
        """The first worker, once it has done its imports."""
        return self._born(ROOT)

    def fork(self, parent: "Worker") -> "Worker":
        """A copy of a worker.

        Raises:
            Dead: the sandbox has no room for another process, or the parent has ended.
            Lost: the sandbox has ended.
        """
        self._next += 1
        self.order(FORK, parent.channel, self._next)
        return self._born(self._next)

    def has_room(self) -> bool:
        """Whether the first worker, in which no student's code has run, can be copied."""
        try:
            self.fork(Worker(self, ROOT)).end()
        except Dead:
            return False
        return True

    def _born(self, channel: int) -> "Worker":
        worker = Worker(self, channel)
        self.receive(channel, time.monotonic() + START_S, 0.0)
        return worker

    def order(self, what: int, first: int, second: int = 0) -> None:
        """Tell the warden to do something."""
        self.send(0, ORDER.pack(what, first, second))

    def send(self, channel: int, data: bytes) -> None:
        """Send a message to a worker, or to the warden on channel 0."""
        try:
            write_frame(self.to_warden, channel, data)
        except Closed:
            raise Lost from None

    def receive(self, channel: int, deadline: float, cpu_s: float) -> bytes:
        """The next message of one worker; those of others, who have nothing to say any more, are dropped."""
        while True:
            if channel in self._gone:
                raise _death(self._gone[channel], cpu_s)
            try:
                sender, data = read_frame(self.from_warden, MAX_FRAME, deadline)
            except Closed:
                raise Lost from None
            if sender == channel:
                return data
            if sender == 0:
                self._note(data)

    def _note(self, data: bytes) -> None:
        if len(data) != ORDER.size + LENGTH.size:
            raise Lost
        what, channel, status = ORDER.unpack(data[: ORDER.size])
        (cpu_ms,) = LENGTH.unpack(data[ORDER.size :])
        if what == GONE:
            self._gone[channel] = _Gone(status, cpu_ms / 1000)


def _death(gone: _Gone, cpu_s: float) -> Dead:
    if os.WIFSIGNALED(gone.status):
        number = os.WTERMSIG(gone.status)
        if number in (signal.SIGXCPU, signal.SIGKILL) and cpu_s and gone.cpu_s >= MOST * cpu_s:
            return Dead(f"longer than {cpu_s:g} s", late=True)
        try:
            return Dead(f"its process was ended by {signal.Signals(number).name}")
        except ValueError:
            return Dead(f"its process was ended by signal {number}")
    return Dead("its process ended itself")


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

    def begin(self, budget: Budget, codec: Codec) -> None:
        """From now on its time runs."""
        self._budget = budget
        self._deadline = time.monotonic() + budget.wall_s
        self.send(["limit", max(1, round(budget.cpu_s)), budget.memory_mib], codec)

    def extend(self, seconds: float) -> None:
        """Others had their turn so long."""
        self._deadline += seconds

    def send(self, message: list[Any], codec: Codec) -> None:
        """Send a message.

        Raises:
            WireError: it holds something that cannot be sent.
            Lost: the sandbox has ended.
        """
        self.link.send(self.channel, codec.pack(message))

    def receive(self, codec: Codec) -> list[Any]:
        """Its answer: a list that begins with a word.

        Raises:
            Dead: it ended, took too long, or said something that is no answer; then it is ended.
            Lost: the sandbox has ended.
        """
        cpu_s = self._budget.cpu_s if self._budget else 0.0
        try:
            answer = codec.unpack(self.link.receive(self.channel, self._deadline, cpu_s))
        except Overdue:
            self.end()
            raise Dead(f"longer than {cpu_s:g} s", late=True) from None
        except WireError as error:
            self.end()
            raise Dead(f"its answer could not be read: {error}") from None
        if answer == ["late"]:
            raise Dead(f"longer than {cpu_s:g} s", late=True)
        if not isinstance(answer, list) or not answer or not isinstance(answer[0], str):
            self.end()
            raise Dead("its answer is none")
        return answer

    def end(self) -> None:
        """SIGKILL."""
        self.link.order(KILL, self.channel)
