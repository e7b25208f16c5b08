"""Runs the instructor's test cells, in a sandbox of its own because it reads what hostile code sends.

One process is started for a run over a class and imports what the tests import. For each submission it forks a child,
which gets the line to a worker's sandbox and does two things:

1. all cells that the student's side runs, in order, each in a fork of the state before. So after a cell that hangs or
   dies, the next one goes on from the state before it, and every state that a test is about to see is kept as a
   snapshot;
2. then the tests, each with a copy of its snapshot: first the visible parts of all, then the hidden ones. What a
   student's code learns from a hidden test can show nowhere: all outputs that it could reach are in already.

Code that damages its sandbox, so that nothing more can be learnt in it, is named in the record (`at`). The grader then
has the rest run in a new sandbox, where this cell or test is left out.

The name of something that the student was to write is a proxy here; every other name is the instructor's or Python's.
"""

import contextlib
import importlib
import os
import re
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .cell_runner import MAX_TRACEBACK, CellRunner
from .codec import MAX_FRAME, Codec, WireError
from .link import Budget, Link, SandboxLost, Worker, WorkerDied
from .outputs import error_output, sanitised
from .protocol import Closed, Overdue, read_frame, write_frame
from .proxies import Conversation, ForkRefused, Proxy, TestStopped
from .trace import Trace

__all__ = ["main"]

CODEC = Codec()


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
            _run_job(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _run_job(job: int, to_supervisor: int, from_supervisor: int) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, data = read_frame(job, MAX_FRAME)
        answer = CODEC.pack(run_notebook(CODEC.unpack(data), Link(to_supervisor, from_supervisor)))
        write_frame(job, 0, answer)
    except BaseException:
        with contextlib.suppress(Closed, WireError):
            write_frame(job, 1, traceback.format_exc()[-MAX_TRACEBACK:].encode("utf-8", "replace"))
    finally:
        os._exit(0)


def run_notebook(job: dict[str, Any], link: Link) -> dict[str, Any]:
    """Run one submission; returns what came of each cell and test."""
    os.environ.update(job["environment"])
    if job["traced"]:
        link.trace = Trace()
    run = _NotebookRun(job, link)
    with contextlib.suppress(SandboxLost):
        run.run_cells()
        run.run_tests()
    return run.record()


@dataclass
class _Test:
    id: str
    cell: CellRunner
    conversation: Conversation
    value_names: list[str]
    """Of the values that students bind, those that it may read."""
    names: dict[str, Any] | None = None
    """Its own, so that what it binds is still there for its hidden part."""
    values: dict[str, Any] = field(default_factory=dict)


class _NotebookRun:
    def __init__(self, job: dict[str, Any], link: Link) -> None:
        self._cells: list[dict[str, Any]] = job["cells"]
        self._values: list[str] = job["values"]
        self._budget = Budget(job["cpu_s"], job["memory_mib"])
        self._output_kib: int = job["output_kib"]
        self._skipped = set(job["skipped"])
        self._link = link
        self._runs: dict[str, dict[str, Any]] = {}
        self._tracebacks: dict[str, str] = {}
        self._snapshots: dict[str, Worker] = {}
        self._names: dict[str, Any] = {"__name__": "__main__"}
        for name in job["functions"]:
            self._names[name] = Proxy(self._active_conversation, name, name)
        self._active: Conversation | None = None
        self._running_id = self._previous_id = ""
        self._finished = self._started = False

    def record(self) -> dict[str, Any]:
        """What came of it, as plain data; `at` is the cell or test whose code was the last to run."""
        return {
            "runs": self._runs,
            "running": self._running_id,
            "started": self._started,
            "finished": self._finished,
            "tracebacks": self._tracebacks,
            "messages": self._link.trace.messages if self._link.trace else [],
        }

    def run_cells(self) -> None:
        """The student's side of the notebook."""
        try:
            state = self._link.root()
        except (WorkerDied, Overdue):
            raise SandboxLost from None
        self._started = True
        self._drop_unused_demonstrations(state)
        for cell in self._cells:
            if cell["kind"] == "test":
                self._snapshots[cell["id"]] = state
            elif cell["id"] not in self._skipped:
                state = self._run_cell(cell, state)

    def _drop_unused_demonstrations(self, state: Worker) -> None:
        """Pictures and training runs of the instructor's decide nothing, and can take longer than all the rest."""
        students = [cell["source"] for cell in self._cells if cell["kind"] == "student"]
        value_names = _names_read(students, state, self._budget)
        for cell in reversed(self._cells):
            if cell["kind"] == "shared" or (
                cell["kind"] == "demonstration" and not value_names.isdisjoint(cell["binds"])
            ):
                value_names.update(cell["reads"])
            elif cell["kind"] == "demonstration":
                self._cells.remove(cell)

    def _run_cell(self, cell: dict[str, Any], state: Worker) -> Worker:
        """The state after a cell, or the one before it if its process did not survive."""
        self._running_id = cell["id"]
        try:
            after = state.fork()
            after.set_limits(self._budget, CODEC)
            after.send(["run", cell["source"], self._output_kib], CODEC)
            what, *details = after.receive(CODEC)
        except WorkerDied as death:
            self._runs[cell["id"]] = _cut_short(death)
            return state
        outputs = list(sanitised(details[0] if what == "ran" and details else [], self._output_kib << 10))
        limit = "time" if any(output.get("ename") == "TimeLimit" for output in outputs) else ""
        if limit or cell["kind"] == "student":
            self._runs[cell["id"]] = {"outputs": outputs, "limit": limit, "died": ""}
        return after

    def run_tests(self) -> None:
        """The instructor's side: locked cells and the visible parts of tests in order, then the hidden parts."""
        tests: list[_Test] = []
        for cell in self._cells:
            if cell["kind"] == "shared":
                shared = CellRunner(cell["source"], cell["id"])
                shared.run_visible(self._names)
                self._keep_traceback(cell["id"], shared)
            elif cell["kind"] == "test" and cell["id"] not in self._skipped:
                test = self._test(cell)
                tests.append(test)
                self._run_part(test, test.cell.run_visible)
        for test in tests:
            if test.cell.has_hidden_part:
                self._run_part(test, test.cell.run_hidden)
        self._finished = True

    def _test(self, cell: dict[str, Any]) -> _Test:
        conversation = Conversation(self._snapshots[cell["id"]], self._budget)
        value_names = [name for name in self._values if name in cell["source"]]
        return _Test(cell["id"], CellRunner(cell["source"], cell["id"]), conversation, value_names)

    def _run_part(self, test: _Test, run: Callable[[dict[str, Any]], None]) -> None:
        """Run a part of a test, and keep what came of it if that was the last one."""
        self._active, self._running_id = test.conversation, test.id
        ended: WorkerDied | TestStopped | None = None
        try:
            test.conversation.resume()
            run(self._namespace_of(test))
            test.conversation.pause()
        except TestStopped as stopped:
            ended = stopped
        except ForkRefused as refused:
            if self._previous_id and not self._link.can_fork_root():
                self._running_id = self._previous_id
                raise SandboxLost from None
            ended = refused.death
        self._active, self._previous_id = None, test.id
        if ended or not test.cell.has_hidden_part:
            self._keep_traceback(test.id, test.cell)
            test.cell.discard_rest()
            test.conversation.close()
            self._runs[test.id] = (
                _cut_short(ended) if ended else {"outputs": test.cell.outputs, "limit": "", "died": ""}
            )

    def _keep_traceback(self, cell_id: str, runner: CellRunner) -> None:
        """For the grader's log alone: a traceback may quote a hidden test, so it is no part of the cell's outputs."""
        if runner.traceback:
            self._tracebacks[cell_id] = runner.traceback

    def _active_conversation(self) -> Conversation:
        """Where a call goes, whichever cell has defined the function that makes it."""
        if self._active is None:
            raise RuntimeError("only a test can call the student's code")
        return self._active

    def _namespace_of(self, test: _Test) -> dict[str, Any]:
        """The names of a test; the student's values are also bound where functions of locked cells look for them."""
        if test.names is None:
            test.values = test.conversation.values_of(test.value_names)
        for name in self._values:
            self._names.pop(name, None)
        self._names.update(test.values)
        if test.names is None:
            test.names = dict(self._names)
        return test.names


def _cut_short(stopped: WorkerDied | TestStopped) -> dict[str, Any]:
    """A cell or test whose process did not live to its end."""
    output = error_output("TimeLimit" if stopped.timed_out else "Crash", str(stopped))
    limit, died = ("time", "") if stopped.timed_out else ("", str(stopped))
    return {"outputs": [output], "limit": limit, "died": died}


def _names_read(sources: list[str], state: Worker, budget: Budget) -> set[str]:
    """Names that some cells read from others; the state is one that has seen nothing of the student's."""
    reader = None
    try:
        reader = state.fork()
        reader.set_limits(budget, CODEC)
        reader.send(["reads", sources], CODEC)
        _, read = reader.receive(CODEC)
        return {name for names in read if names is not None for name in names}
    except (WorkerDied, WireError):  # a source on which Python's own compiler fails: suppose that it reads everything
        return set(re.findall(r"\w+", " ".join(sources)))
    finally:
        if reader is not None:
            reader.kill()


if __name__ == "__main__":
    main()
