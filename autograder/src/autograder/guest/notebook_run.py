"""One pass over a notebook: its cells on the student's side, then the instructor's tests here.

`test_runner` makes a `NotebookRun` for each submission and asks it for the record. The snapshots that tests see are
workers of the student's side (`link`), and what a test holds in place of the student's functions are `proxies`.
"""

import itertools
import re
from collections.abc import Callable
from typing import Literal

from .cell_runner import CellRunner
from .codec import Codec, WireError
from .link import Budget, Link, SandboxLost, Worker, WorkerDied
from .liveness import CellNames, live_cells
from .messages import Cell, CellRan, CellRun, Job, NamesRead, ReadNames, Record, RunCell
from .outputs import error_output, sanitised
from .protocol import Overdue
from .proxies import Conversation, ForkRefused, TestStopped
from .test_side import TestCell, TestSide

__all__ = ["NotebookRun", "stopped_run"]

CODEC = Codec()
"""For requests outside tests, which hold no references."""


class NotebookRun:
    """One pass over a notebook: cells on the student's side, then tests here."""

    def __init__(self, job: Job, link: Link) -> None:
        self._cells = list(job.cells)
        self._budget = Budget(job.cpu_s, job.memory_mib)
        self._output_kib = job.output_kib
        self._skipped = set(job.skipped)
        self._link = link
        self._runs: dict[str, CellRun] = {}
        self._tracebacks: dict[str, str] = {}
        self._snapshots: dict[str, Worker] = {}
        self._side = TestSide(job.functions, job.values)
        self._running_id = self._previous_id = ""
        self._finished = self._started = False

    def record(self) -> Record:
        """What has come of it so far; `running` is the cell or test whose code was the last to run."""
        return Record(
            runs=self._runs,
            running=self._running_id,
            started=self._started,
            finished=self._finished,
            tracebacks=self._tracebacks | self._link.faults,
            messages=self._link.trace.messages if self._link.trace else [],
        )

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
            if cell.kind == "test":
                self._snapshots[cell.id] = state
            elif cell.id not in self._skipped:
                state = self._run_cell(cell, state)

    def _drop_unused_demonstrations(self, root: Worker) -> None:
        """Leave out demonstrations that bind nothing that is read: pictures and training runs take time, not points."""
        students = [cell.source for cell in self._cells if cell.kind == "student"]
        names = [CellNames(cell.kind, cell.binds, cell.reads) for cell in self._cells]
        live = live_cells(names, _names_read(students, root, self._budget))
        self._cells = list(itertools.compress(self._cells, live))

    def _run_cell(self, cell: Cell, state: Worker) -> Worker:
        """Run a cell in a fork of a state. Returns the fork, or the old state if the fork died."""
        self._running_id = cell.id
        try:
            after = state.fork()
            after.set_limits(self._budget, CODEC)
            after.send(RunCell(cell.source, self._output_kib), CODEC)
            reply = after.receive(CODEC, CellRan)
        except WorkerDied as death:
            self._runs[cell.id] = stopped_run(death)
            return state
        outputs = list(sanitised(reply.outputs, self._output_kib << 10))
        # A cell that ran into its limit raised TimeLimit and ended there; what it had bound by then is kept.
        limit: Literal["", "time"] = "time" if any(output.get("ename") == "TimeLimit" for output in outputs) else ""
        if limit or cell.kind == "student":
            self._runs[cell.id] = CellRun(outputs, limit)
        return after

    def run_tests(self) -> None:
        """Run locked cells and the visible parts of tests in order, then the hidden parts.

        Raises:
            SandboxLost: the student's sandbox has ended.
        """
        tests: list[TestCell] = []
        for cell in self._cells:
            if cell.kind == "shared":
                self._keep_traceback(cell.id, self._side.run_shared(cell.source, cell.id))
            elif cell.kind == "test" and cell.id not in self._skipped:
                conversation = Conversation(self._snapshots[cell.id], self._budget)
                tests.append(TestCell(self._side, cell.source, cell.id, conversation))
                self._run_part(tests[-1], tests[-1].run_visible)
        for test in tests:
            if test.cell.has_hidden_part:
                self._run_part(test, test.run_hidden)
        self._finished = True

    def _run_part(self, test: TestCell, run: Callable[[], None]) -> None:
        """Run a part of a test, and note the result if it was the last part or the test cannot go on."""
        self._running_id = test.id
        stopped: WorkerDied | TestStopped | None = None
        try:
            run()
        except TestStopped as error:
            stopped = error
        except ForkRefused as refused:
            # If not even the root can be forked, the sandbox is full, and the test before this one has filled it.
            if self._previous_id and not self._link.can_fork_root():
                self._running_id = self._previous_id
                raise SandboxLost from None
            stopped = refused.death
        self._previous_id = test.id
        if stopped or not test.cell.has_hidden_part:
            self._keep_traceback(test.id, test.cell)
            test.cell.discard_rest()
            test.conversation.close()
            self._runs[test.id] = stopped_run(stopped) if stopped else CellRun(test.cell.outputs)

    def _keep_traceback(self, cell_id: str, runner: CellRunner) -> None:
        """Keep a traceback for the grader's log alone: it may quote a hidden test, so no output contains it."""
        if runner.traceback:
            self._tracebacks[cell_id] = runner.traceback


def stopped_run(stop: WorkerDied | TestStopped) -> CellRun:
    """The result of a cell or test whose worker died."""
    output = error_output("TimeLimit" if stop.timed_out else "Crash", str(stop))
    return CellRun([output], limit="time") if stop.timed_out else CellRun([output], died=str(stop))


def _names_read(sources: list[str], root: Worker, budget: Budget) -> set[str]:
    """Names that some cells read from other cells, found by a fork of the root, where no student code has run.

    Compiling happens over there because a source can make the compiler itself crash or run for ever.
    """
    reader = None
    try:
        reader = root.fork()
        reader.set_limits(budget, CODEC)
        reader.send(ReadNames(sources), CODEC)
        return {name for names in reader.receive(CODEC, NamesRead).names if names is not None for name in names}
    except (WorkerDied, WireError):
        # The compiler crashed: suppose that the cells read every word in them.
        return set(re.findall(r"\w+", " ".join(sources)))
    finally:
        if reader is not None:
            reader.kill()
