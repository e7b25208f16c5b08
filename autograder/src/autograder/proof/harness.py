"""A program that runs a notebook once with its solutions, and forks a child for each answer to try.

    python -m autograder.proof.harness < job > results.jsonl

When it comes to an exercise, everything above it has run. There it forks a child, which runs the answer in place of
the solution cell and goes on to the exercise's tests. So an answer costs the time of its own tests, not that of a
kernel and a notebook, and no answer can affect another.

Job and results are those of `trial_messages`. The tests run as in grading, by `guest.test_side`: they hold proxies, and
call the answer in another process (`worker`).
"""

import contextlib
import os
import signal
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from functools import partial

from autograder.guest.link import Budget
from autograder.guest.messages import Cell, CellRun
from autograder.guest.names import Namespace
from autograder.guest.notebook_run import stopped_run
from autograder.guest.proxies import Conversation, TestStopped
from autograder.guest.test_side import TestCell, TestSide
from autograder.guest.typed import from_plain, to_plain
from autograder.proof.forked import Task, run_forked
from autograder.proof.trial_messages import (
    BrokenCell,
    SeedRun,
    TestRun,
    Trial,
    TrialJob,
    TrialResult,
    unpack_job,
    write_line,
)
from autograder.proof.worker import ForkedWorker

__all__ = ["main"]

SEED = "CHAINRULE_CHECK_SEED"
"""Environment variable from which `chainrule.check` seeds its generators."""
MODULE = types.ModuleType("__main__")
"""Its dictionary is the globals of the student's side."""
UNUSED = Budget(0.0, 0)
"""A forked worker inherits its limits."""


def main() -> None:
    """Read a job from standard input, write a line for each trial to standard output."""
    job = unpack_job(sys.stdin.buffer.read())
    # SIGTERM becomes an exception, so that `run_forked` kills its children on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Results go to a copy of standard output, which itself becomes standard error: cells print there.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as results:
        os.dup2(2, 1)
        try:
            for reply in run_forked(_tasks(job), job.jobs):
                runs = [from_plain(SeedRun, run) for run in reply.value or []]
                results.write(write_line(TrialResult(reply.key, runs, reply.failure, reply.printed)))
                results.flush()
        except _BrokenCellError as error:
            results.write(write_line(BrokenCell(*error.args)))


class _BrokenCellError(Exception):
    """A cell of the notebook fails although all solutions are in place."""


def _tasks(job: TrialJob) -> Iterator[Task]:
    """A task for each trial. Between two tasks, this process runs the cells that the next one needs above it."""
    notebook = _Notebook(job)
    tried = {trial.exercise for trial in job.trials}
    stop = max((i + 1 for i, cell in enumerate(job.cells) if cell.id in tried), default=0)
    for position, cell in enumerate(job.cells[:stop]):
        for trial in job.trials:
            if trial.exercise == cell.id:
                yield Task(trial.key, partial(notebook.run_trial, trial, position + 1), job.cpu_s)
        if cell.kind != "test" and (error := notebook.run_cell(cell)):
            raise _BrokenCellError(cell.id, error)


class _Notebook:
    """The state of a notebook, on the student's side and on the instructor's."""

    def __init__(self, job: TrialJob) -> None:
        self._cells, self._judged = job.cells, job.judged
        self._student: Namespace = MODULE.__dict__
        self._side = TestSide(job.functions, job.values)

    def run_cell(self, cell: Cell) -> str:
        """Run a cell on the sides that it belongs to. Returns the last line of an error's traceback, or nothing."""
        error = self._run(cell.source, cell.id)
        if cell.kind == "shared":
            shared = self._side.run_shared(cell.source, cell.id)
            error = error or shared.traceback.strip().rpartition("\n")[2]
        return error

    def run_trial(self, trial: Trial, start: int) -> list[dict[str, object]]:
        """Run an answer, then its tests once for each seed.

        Args:
            trial: the answer.
            start: position of the first cell below the exercise.

        Returns:
            A `SeedRun` for each seed, as plain data, because it goes to another process.
        """
        error = self._run(trial.source, trial.exercise)
        runs = []
        for seed in trial.seeds:
            os.environ[SEED] = seed
            runs.append(to_plain(SeedRun(error, self._run_tests(trial.exercise, start))))
        return runs

    def _run_tests(self, exercise: str, start: int) -> list[TestRun]:
        """Run the exercise's tests and the cells between them: as in grading, visible parts before hidden ones."""
        wanted = [i for i, cell in enumerate(self._cells) if self._judged.get(cell.id) == exercise]
        tests: list[TestCell] = []
        results: dict[str, TestRun] = {}
        for i in range(start, wanted[-1] + 1):
            cell = self._cells[i]
            if i in wanted:
                conversation = Conversation(ForkedWorker(self._student), UNUSED)  # type: ignore[arg-type]
                tests.append(TestCell(self._side, cell.source, cell.id, conversation))
                _run_part(tests[-1], tests[-1].run_visible, results)
            elif cell.kind != "test":
                # With a wrong answer above it, it may fail; then the test that needs it fails too.
                self.run_cell(cell)
        for test in tests:
            if test.cell.has_hidden_part:
                _run_part(test, test.run_hidden, results)
        return [results[test.id] for test in tests]

    def _run(self, source: str, name: str) -> str:
        """Run a cell on the student's side. Returns the last line of an error's traceback, or nothing."""
        try:
            exec(compile(source, name, "exec"), self._student)  # noqa: S102 - the instructor's cells
        except (Exception, SystemExit) as error:
            with contextlib.suppress(Exception):
                traceback.print_exc()
            return traceback.format_exception_only(error)[-1].strip()
        return ""


def _run_part(test: TestCell, run: Callable[[], None], results: dict[str, TestRun]) -> None:
    """Run a part of a test, and enter the result if it was the last part or the test cannot go on."""
    outcome = CellRun(test.cell.outputs)
    try:
        run()
    except TestStopped as stop:
        test.cell.discard_rest()
        outcome = stopped_run(stop)
    if not test.cell.has_hidden_part:
        test.conversation.close()
        report = test.cell.value.record() if hasattr(test.cell.value, "record") else None
        results[test.id] = TestRun(test.id, outcome, report)


if __name__ == "__main__":
    main()
