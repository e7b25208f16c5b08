"""Runs the instructor's test cells, in a sandbox of its own because it reads what hostile code sends.

One process is started for a run over a class and imports what the tests import. For each submission it forks a child,
which gets the line to a worker's sandbox and does two things:

1. all cells that the student's side runs, in order, each in a fork of the state before. So after a cell that hangs or
   dies, the next one goes on from the state before it, and every state that a test is about to see is kept as a
   snapshot;
2. then the tests, each with a copy of its snapshot: first the visible parts of all, then the hidden ones. What a
   student's code learns from a hidden test can show nowhere: all outputs that it could reach are in already.

Code that damages its sandbox, so that nothing more can be learnt in it, is named in the record (`at`). The grader then
has the rest examined in a new sandbox, where this cell or test is left out.

The name of something that the student was to write is a proxy here; every other name is the instructor's or Python's.
"""

import contextlib
import importlib
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .cell_runner import Cell
from .codec import MAX_FRAME, Codec, WireError
from .link import Budget, Dead, Link, Lost, Worker
from .outputs import clean, error_output
from .protocol import Closed, Overdue, read_frame, write_frame
from .proxies import Conversation, Crowded, Proxy, TestStopped

__all__ = ["main"]

PLAIN = Codec()


def main() -> None:
    """Arguments: the descriptor of the socket on which jobs arrive, and modules to import ahead."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for module in sys.argv[2:]:
        with contextlib.suppress(Exception):  # the cell that needs it will say so
            importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(b"r")
    while True:
        go, descriptors, _, _ = socket.recv_fds(control, 1, 3)
        if not go:
            return
        if os.fork() == 0:
            control.close()
            _be_examiner(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _be_examiner(job: int, to_warden: int, from_warden: int) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, data = read_frame(job, MAX_FRAME)
        answer = PLAIN.pack(examine(PLAIN.unpack(data), Link(to_warden, from_warden)))
        write_frame(job, 0, answer)
    except BaseException as error:
        with contextlib.suppress(Closed, WireError):
            write_frame(job, 1, f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace"))
    finally:
        os._exit(0)


def examine(job: dict[str, Any], link: Link) -> dict[str, Any]:
    """Run one submission; returns what came of each cell and test."""
    os.environ.update(job["environment"])
    examination = _Examination(job, link)
    with contextlib.suppress(Lost):
        examination.run_cells()
        examination.run_tests()
    return examination.record()


@dataclass
class _Test:
    id: str
    cell: Cell
    conversation: Conversation
    wanted: list[str]
    """Of the values that students bind, those that it may read."""
    names: dict[str, Any] | None = None
    """Its own, so that what it binds is still there for its hidden part."""
    values: dict[str, Any] = field(default_factory=dict)


class _Examination:
    def __init__(self, job: dict[str, Any], link: Link) -> None:
        self._cells: list[dict[str, Any]] = job["cells"]
        self._values: list[str] = job["values"]
        self._budget = Budget(job["cpu_s"], job["memory_mib"])
        self._output_kib: int = job["output_kib"]
        self._left_out = set(job["left_out"])
        self._link = link
        self._runs: dict[str, dict[str, Any]] = {}
        self._snapshots: dict[str, Worker] = {}
        self._names: dict[str, Any] = {"__name__": "__main__"}
        for name in job["functions"]:
            self._names[name] = Proxy(self._current, name, name)
        self._talking: Conversation | None = None
        self._at = self._last = ""
        self._finished = self._started = False

    def record(self) -> dict[str, Any]:
        """What came of it, as plain data; `at` is the cell or test whose code was the last to run."""
        return {"runs": self._runs, "at": self._at, "started": self._started, "finished": self._finished}

    def run_cells(self) -> None:
        """The student's side of the notebook."""
        try:
            state = self._link.root()
        except (Dead, Overdue):
            raise Lost from None
        self._started = True
        self._leave_out_what_nobody_needs(state)
        for cell in self._cells:
            if cell["kind"] == "test":
                self._snapshots[cell["id"]] = state
            elif cell["id"] not in self._left_out:
                state = self._run(cell, state)

    def _leave_out_what_nobody_needs(self, state: Worker) -> None:
        """Pictures and training runs of the instructor's decide nothing, and can take longer than all the rest."""
        students = [cell["source"] for cell in self._cells if cell["kind"] == "student"]
        wanted = _read_by(students, state, self._budget)
        for cell in reversed(self._cells):
            if cell["kind"] == "shared" or (cell["kind"] == "plain" and not wanted.isdisjoint(cell["binds"])):
                wanted.update(cell["reads"])
            elif cell["kind"] == "plain":
                self._cells.remove(cell)

    def _run(self, cell: dict[str, Any], state: Worker) -> Worker:
        """The state after a cell, or the one before it if its process did not survive."""
        self._at = cell["id"]
        try:
            after = state.fork()
            after.begin(self._budget, PLAIN)
            after.send(["run", cell["source"], self._output_kib], PLAIN)
            what, *details = after.receive(PLAIN)
        except Dead as dead:
            self._runs[cell["id"]] = _ended(dead)
            return state
        outputs = list(clean(details[0] if what == "ran" and details else [], self._output_kib << 10))
        limit = "time" if any(output.get("ename") == "TimeLimit" for output in outputs) else ""
        if limit or cell["kind"] == "student":
            self._runs[cell["id"]] = {"outputs": outputs, "limit": limit, "died": ""}
        return after

    def run_tests(self) -> None:
        """The instructor's side: locked cells and the visible parts of tests in order, then the hidden parts."""
        tests: list[_Test] = []
        for cell in self._cells:
            if cell["kind"] == "shared":
                Cell(cell["source"], cell["id"]).run_visible(self._names)
            elif cell["kind"] == "test" and cell["id"] not in self._left_out:
                test = self._test(cell)
                tests.append(test)
                self._run_part(test, test.cell.run_visible)
        for test in tests:
            if test.cell.more:
                self._run_part(test, test.cell.run_hidden)
        self._finished = True

    def _test(self, cell: dict[str, Any]) -> _Test:
        conversation = Conversation(self._snapshots[cell["id"]], self._budget)
        wanted = [name for name in self._values if name in cell["source"]]
        return _Test(cell["id"], Cell(cell["source"], cell["id"]), conversation, wanted)

    def _run_part(self, test: _Test, run: Callable[[dict[str, Any]], None]) -> None:
        """Run a part of a test, and keep what came of it if that was the last one."""
        self._talking, self._at = test.conversation, test.id
        ended: Dead | TestStopped | None = None
        try:
            test.conversation.resume()
            run(self._names_for(test))
            test.conversation.pause()
        except TestStopped as stopped:
            ended = stopped
        except Crowded as crowded:
            if self._last and not self._link.has_room():
                self._at = self._last
                raise Lost from None
            ended = crowded.dead
        self._talking, self._last = None, test.id
        if ended or not test.cell.more:
            test.cell.end()
            test.conversation.close()
            self._runs[test.id] = _ended(ended) if ended else {"outputs": test.cell.outputs, "limit": "", "died": ""}

    def _current(self) -> Conversation:
        """Where a call goes, whichever cell has defined the function that makes it."""
        if self._talking is None:
            raise RuntimeError("only a test can call the student's code")
        return self._talking

    def _names_for(self, test: _Test) -> dict[str, Any]:
        """The names of a test; the student's values are also bound where functions of locked cells look for them."""
        if test.names is None:
            test.values = test.conversation.look(test.wanted)
        for name in self._values:
            self._names.pop(name, None)
        self._names.update(test.values)
        if test.names is None:
            test.names = dict(self._names)
        return test.names


def _ended(stopped: Dead | TestStopped) -> dict[str, Any]:
    """A cell or test whose process did not live to its end."""
    output = error_output("TimeLimit" if stopped.late else "Crash", str(stopped))
    limit, died = ("time", "") if stopped.late else ("", str(stopped))
    return {"outputs": [output], "limit": limit, "died": died}


def _read_by(sources: list[str], state: Worker, budget: Budget) -> set[str]:
    """Names that some cells read from others; the state is one that has seen nothing of the student's."""
    reader = None
    try:
        reader = state.fork()
        reader.begin(budget, PLAIN)
        reader.send(["reads", sources], PLAIN)
        _, read = reader.receive(PLAIN)
        return {name for names in read if names is not None for name in names}
    except (Dead, WireError):  # a source on which Python's own compiler fails: suppose that it reads everything
        return set(re.findall(r"\w+", " ".join(sources)))
    finally:
        if reader is not None:
            reader.end()


if __name__ == "__main__":
    main()
