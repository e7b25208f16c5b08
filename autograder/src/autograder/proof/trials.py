"""Tries answers on a notebook's own tests, and says what each got: points, diagnoses, the words of the report."""

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import from_dict
from nbformat.v4 import new_code_cell

from autograder.course.release import NOT_FOR_STUDENTS
from autograder.course.source import Source
from autograder.errors import EngineError, SourceError
from autograder.grading.cells import Cell, Plan
from autograder.grading.mounts import ONE_THREAD
from autograder.grading.scores import score_of
from autograder.guest.liveness import CellNames, live_cells
from autograder.guest.messages import Output
from autograder.guest.names import names_of
from autograder.proof.exercises import Exercises
from autograder.proof.trial_messages import BrokenCell, TestRun, Trial, TrialJob, TrialResult, pack_job, read_line

__all__ = ["CPU_S", "Property", "Run", "Trial", "points_of", "run_trials", "students_folder"]

CPU_S = 10.0
"""Processor time for one answer and its tests."""


@dataclass(frozen=True)
class Property:
    """One property that the tests check: a line of the report."""

    name: str
    hidden: bool
    passed: bool


@dataclass(frozen=True)
class Run:
    """What an answer got from its tests with one seed."""

    key: str
    seed: str
    points: float
    max_points: float
    diagnoses: tuple[str, ...] = ()
    """Most important first."""
    message: str = ""
    """The report in English, or the reason why there is none."""
    properties: tuple[Property, ...] = ()
    outputs: dict[str, list[Output]] = field(default_factory=dict)
    """Outputs of each test, by its id."""

    @property
    def full(self) -> bool:
        """Whether it has all points."""
        return self.points == self.max_points


def run_trials(
    source: Source, exercises: Exercises, trials: Sequence[Trial], jobs: int, cpu_s: float = CPU_S
) -> Iterator[Run]:
    """Try all answers, at most `jobs` at a time; a run comes as soon as its answer has been tried.

    Raises:
        SourceError: a cell of the notebook fails with its own solutions.
        EngineError: the harness itself failed.
    """
    plan = exercises.plan
    cells = tuple(_live(plan, trials))
    job = TrialJob(cells, plan.functions, plan.values, exercises.judged, tuple(trials), jobs, cpu_s)
    outstanding = {trial.key: trial for trial in trials}
    with students_folder(source) as folder:
        for line in _harness_lines(job, folder):
            if isinstance(line, BrokenCell):
                raise SourceError(
                    f"{source.path}: the cell {line.id} fails with the notebook's own solutions",
                    got=line.error,
                    expected="a notebook that runs from top to bottom",
                    fix="correct the cell",
                )
            yield from _runs(line, outstanding.pop(line.key), exercises)
    if outstanding:
        raise EngineError(
            "not all answers were tried",
            got=f"no result for {', '.join(outstanding)}",
            expected="a result for each",
            fix="run it again",
        )


@contextlib.contextmanager
def students_folder(source: Source) -> Iterator[Path]:
    """A temporary copy of the notebook's folder with what students get: data files, and no answers."""
    with tempfile.TemporaryDirectory(prefix="trials-") as scratch:
        folder = Path(scratch) / "work"
        shutil.copytree(source.path.parent, folder, ignore=NOT_FOR_STUDENTS)
        yield folder


def _live(plan: Plan, trials: Sequence[Trial]) -> list[Cell]:
    """The cells that must run: those that grading would run for one of these trials."""
    sources = {cell.source for cell in plan.cells if cell.kind == "student"} | {trial.source for trial in trials}
    reads = {name for text in sources for name in names_of(compile(text, "<answer>", "exec"))[1]}
    names = [CellNames(cell.kind, cell.binds, cell.reads) for cell in plan.cells]
    return list(itertools.compress(plan.cells, live_cells(names, reads)))


def _harness_lines(job: TrialJob, folder: Path) -> Iterator[TrialResult | BrokenCell]:
    """Run the harness in a folder; what it writes, line by line."""
    # JPY_SESSION_NAME names the notebook to a kernel. PYTHONSAFEPATH keeps data files beside it from being imported.
    environment = (
        {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
        | ONE_THREAD
        | {"CHAINRULE_LANGUAGE": "en", "MPLBACKEND": "Agg", "PYTHONSAFEPATH": "1"}
    )
    command = [sys.executable, "-m", "autograder.proof.harness"]
    with (
        tempfile.TemporaryFile() as job_file,
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as stderr_file,
    ):
        job_file.write(pack_job(job))
        job_file.seek(0)
        harness = subprocess.Popen(  # noqa: S603 - this very interpreter
            command, cwd=folder, env=environment, stdin=job_file, stdout=subprocess.PIPE, stderr=stderr_file, text=True
        )
        try:
            yield from map(read_line, harness.stdout or ())
            if harness.wait():
                stderr_file.seek(0)
                raise EngineError(
                    "the program that tries answers failed",
                    got=(stderr_file.read().strip().splitlines() or [f"status {harness.returncode}"])[-1],
                    expected="status 0",
                    fix="run it again, with fewer --jobs if memory is short",
                )
        finally:
            harness.terminate()  # it kills its children
            harness.communicate()


def _runs(result: TrialResult, trial: Trial, exercises: Exercises) -> Iterator[Run]:
    """The runs of one trial, one for each seed."""
    max_points = exercises.max_points(trial.exercise)
    if result.failure:
        endless = result.failure.startswith("no end")
        message = "\n".join(filter(None, (result.failure, result.printed)))
        yield Run(trial.key, trial.seeds[0], 0.0, max_points, ("time-limit" if endless else "crash",), message)
        return
    for seed, run in zip(trial.seeds, result.runs, strict=True):
        reports = [test.report for test in run.tests if test.report]
        # What a test could not finish comes first: it is what a student is told first.
        ends = [test.result for test in run.tests if test.result.limit or test.result.died]
        stops = ["time-limit" if end.limit else "crash" for end in ends]
        diagnoses = dict.fromkeys([*stops, *(name for report in reports for name in report["diagnoses"])])
        properties = [
            Property(outcome["name"], outcome["hidden"], outcome["passed"])
            for report in reports
            for outcome in report["outcomes"]
        ]
        yield Run(
            trial.key,
            seed,
            sum(points_of(test.result.outputs, exercises.points[test.id]) for test in run.tests),
            max_points,
            tuple(diagnoses),
            "\n".join(filter(None, [run.error, *map(_message, run.tests)])),
            tuple(properties),
            {test.id: test.result.outputs for test in run.tests},
        )


def _message(test: TestRun) -> str:
    """What the report on a test says in English, or the error that ended the test."""
    if test.report:
        return str(test.report["message"]["en"])
    errors = [output for output in test.result.outputs if output["output_type"] == "error"]
    return "\n".join(f"{error['ename']}: {error['evalue']}" for error in errors)


def points_of(outputs: Sequence[Output], max_points: float) -> float:
    """Points of a test, by the grader's own rule, which reads them from the outputs of a cell in a notebook."""
    settings = {"grade": True, "solution": False, "points": max_points}
    cell = new_code_cell(outputs=[from_dict(output) for output in outputs], metadata={"nbgrader": settings})
    return score_of(cell) or 0.0
