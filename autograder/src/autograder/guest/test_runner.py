"""Runs the cells and tests of notebooks, in a sandbox of its own, because it reads what hostile code sends.

One process serves a whole class: it starts once and imports what the tests import. For each submission it forks a
child, which is handed the pipes to a student's sandbox and a job, and which

1. has the student's side run its cells in order, each in a fork of the state before, and keeps the state that each
   test is to see as a snapshot (`_NotebookRun.run_cells`);
2. runs the tests here, each against a fork of its snapshot, first the visible parts of all, then the hidden parts
   (`_NotebookRun.run_tests`).

A name that the student was to define is a proxy here. Every other name is the instructor's or Python's.

When student code has damaged its sandbox so much that nothing more can be learnt in it, the record names the cell or
test that was running. The grader sends the job again to a new sandbox, and that one is skipped.

A job and a record are plain data:

    job     cells [{id kind source binds reads}], functions, values, skipped, environment, cpu_s, memory_mib, output_kib
    record  runs {id: {outputs limit died}}, running, started, finished
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
"""For messages without references: jobs, records, and requests outside tests."""


def main() -> None:
    """Serve jobs. The program's arguments are the descriptor of the control socket, and modules to import ahead."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for module in sys.argv[2:]:
        with contextlib.suppress(Exception):  # the cell that needs it will say so
            importlib.import_module(module)
    # Ignored, so that the kernel reaps the children.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(b"r")
    while True:
        # One byte with three descriptors: the job's socket, and the two pipes of a student's sandbox.
        message, descriptors, _, _ = socket.recv_fds(control, 1, 3)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            _run_job(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _run_job(job_socket: int, to_supervisor: int, from_supervisor: int) -> None:
    """Read a job, run it, and write its record on channel 0 or the test runner's own error on channel 1; then exit."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, data = read_frame(job_socket, MAX_FRAME)
        record = run_notebook(CODEC.unpack(data), Link(to_supervisor, from_supervisor))
        write_frame(job_socket, 0, CODEC.pack(record))
    except BaseException:
        with contextlib.suppress(Closed, WireError):
            write_frame(job_socket, 1, traceback.format_exc()[-MAX_TRACEBACK:].encode("utf-8", "replace"))
    finally:
        os._exit(0)


def run_notebook(job: dict[str, Any], link: Link) -> dict[str, Any]:
    """Run the cells and tests of one submission.

    Args:
        job: what to run and within which limits, see the module's docstring.
        link: to the student's sandbox.

    Returns:
        The record of what came of each cell and test, as far as the sandbox lasted.
    """
    # Before any test is run: `chainrule.check` reads language and seed from the environment.
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
    """One test and what it needs between its two parts."""

    id: str
    cell: CellRunner
    conversation: Conversation
    value_names: list[str]
    """Values that the student binds and that this test may read."""
    names: dict[str, Any] | None = None
    """Its globals, kept so that the hidden part finds what the visible part has bound."""
    values: dict[str, Any] = field(default_factory=dict)


class _NotebookRun:
    """One pass over a notebook: cells on the student's side, then tests here."""

    def __init__(self, job: dict[str, Any], link: Link) -> None:
        self._cells: list[dict[str, Any]] = job["cells"]
        self._value_names: list[str] = job["values"]
        self._budget = Budget(job["cpu_s"], job["memory_mib"])
        self._output_kib: int = job["output_kib"]
        self._skipped = set(job["skipped"])
        self._link = link
        self._runs: dict[str, dict[str, Any]] = {}
        self._tracebacks: dict[str, str] = {}
        self._snapshots: dict[str, Worker] = {}
        self._names: dict[str, Any] = {"__name__": "__main__"}
        for name in job["functions"]:
            # The conversation is looked up at each call, because helpers in locked cells are shared by all tests.
            self._names[name] = Proxy(self._active_conversation, name, name)
        self._active: Conversation | None = None
        self._running_id = self._previous_id = ""
        self._finished = self._started = False

    def record(self) -> dict[str, Any]:
        """What has come of it so far; `running` is the cell or test whose code was the last to run."""
        return {
            "runs": self._runs,
            "running": self._running_id,
            "started": self._started,
            "finished": self._finished,
            "tracebacks": self._tracebacks,
            "messages": self._link.trace.messages if self._link.trace else [],
        }

    def run_cells(self) -> None:
        """Run the cells of the student's side, and keep a snapshot for each test.

        Raises:
            SandboxLost: the student's sandbox has ended or never started.
        """
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

    def _drop_unused_demonstrations(self, root: Worker) -> None:
        """Leave out demonstrations that bind nothing that is read: pictures and training runs take time, not points."""
        students = [cell["source"] for cell in self._cells if cell["kind"] == "student"]
        needed = _names_read(students, root, self._budget)
        # From the last cell to the first, so that what a needed demonstration reads is needed above it. Removing from
        # the list is safe here, since `reversed` has passed the later positions already.
        for cell in reversed(self._cells):
            binds_needed = cell["kind"] == "demonstration" and not needed.isdisjoint(cell["binds"])
            if cell["kind"] == "shared" or binds_needed:
                needed.update(cell["reads"])
            elif cell["kind"] == "demonstration":
                self._cells.remove(cell)

    def _run_cell(self, cell: dict[str, Any], state: Worker) -> Worker:
        """Run a cell in a fork of a state. Returns the fork, or the old state if the fork died."""
        self._running_id = cell["id"]
        try:
            after = state.fork()
            after.set_limits(self._budget, CODEC)
            after.send(["run", cell["source"], self._output_kib], CODEC)
            word, *details = after.receive(CODEC)
        except WorkerDied as death:
            self._runs[cell["id"]] = _stopped_run(death)
            return state
        outputs = list(sanitised(details[0] if word == "ran" and details else [], self._output_kib << 10))
        # A cell that ran into its limit raised TimeLimit and ended there; what it had bound by then is kept.
        limit = "time" if any(output.get("ename") == "TimeLimit" for output in outputs) else ""
        if limit or cell["kind"] == "student":
            self._runs[cell["id"]] = {"outputs": outputs, "limit": limit, "died": ""}
        return after

    def run_tests(self) -> None:
        """Run locked cells and the visible parts of tests in order, then the hidden parts.

        Raises:
            SandboxLost: the student's sandbox has ended.
        """
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
        # A search in the text, not a parse: a name too many costs one copy of a value.
        value_names = [name for name in self._value_names if name in cell["source"]]
        return _Test(cell["id"], CellRunner(cell["source"], cell["id"]), conversation, value_names)

    def _run_part(self, test: _Test, run: Callable[[dict[str, Any]], None]) -> None:
        """Run a part of a test, and note the result if it was the last part or the test cannot go on."""
        self._active, self._running_id = test.conversation, test.id
        stopped: WorkerDied | TestStopped | None = None
        try:
            test.conversation.resume()
            run(self._namespace_of(test))
            test.conversation.pause()
        except TestStopped as error:
            stopped = error
        except ForkRefused as refused:
            # If not even the root can be forked, the sandbox is full, and the test before this one has filled it.
            if self._previous_id and not self._link.can_fork_root():
                self._running_id = self._previous_id
                raise SandboxLost from None
            stopped = refused.death
        self._active, self._previous_id = None, test.id
        if stopped or not test.cell.has_hidden_part:
            self._keep_traceback(test.id, test.cell)
            test.cell.discard_rest()
            test.conversation.close()
            outcome = {"outputs": test.cell.outputs, "limit": "", "died": ""}
            self._runs[test.id] = _stopped_run(stopped) if stopped else outcome

    def _keep_traceback(self, cell_id: str, runner: CellRunner) -> None:
        """For the grader's log alone: a traceback may quote a hidden test, so it is no part of the cell's outputs."""
        if runner.traceback:
            self._tracebacks[cell_id] = runner.traceback

    def _active_conversation(self) -> Conversation:
        """The conversation of the test that is running, which gets every call, whichever cell defines the caller."""
        if self._active is None:
            raise RuntimeError("only a test can call the student's code")
        return self._active

    def _namespace_of(self, test: _Test) -> dict[str, Any]:
        """The globals of a test, made before its first part.

        The student's values are bound in the shared names as well: functions of locked cells look them up there.
        """
        if test.names is None:
            test.values = test.conversation.values_of(test.value_names)
        # Values of another test must not stay: this test's snapshot may not have them.
        for name in self._value_names:
            self._names.pop(name, None)
        self._names.update(test.values)
        if test.names is None:
            test.names = dict(self._names)
        return test.names


def _stopped_run(stop: WorkerDied | TestStopped) -> dict[str, Any]:
    """The result of a cell or test whose worker died."""
    output = error_output("TimeLimit" if stop.timed_out else "Crash", str(stop))
    limit, died = ("time", "") if stop.timed_out else ("", str(stop))
    return {"outputs": [output], "limit": limit, "died": died}


def _names_read(sources: list[str], root: Worker, budget: Budget) -> set[str]:
    """Names that some cells read from other cells, found by a fork of the root, where no student code has run.

    Compiling happens over there because a source can make the compiler itself crash or run for ever.
    """
    reader = None
    try:
        reader = root.fork()
        reader.set_limits(budget, CODEC)
        reader.send(["reads", sources], CODEC)
        _, names_by_cell = reader.receive(CODEC)
        return {name for names in names_by_cell if names is not None for name in names}
    except (WorkerDied, WireError):
        # The compiler crashed: suppose that the cells read every word in them.
        return set(re.findall(r"\w+", " ".join(sources)))
    finally:
        if reader is not None:
            reader.kill()


if __name__ == "__main__":
    main()
