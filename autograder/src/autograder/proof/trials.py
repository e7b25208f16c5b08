"""Tries answers on a notebook's own tests, and says what each got: points, diagnoses, the words of the report."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_output

from autograder.course.release import NOT_FOR_STUDENTS
from autograder.course.source import Source
from autograder.errors import EngineError, SourceError
from autograder.grading.mounts import ONE_THREAD
from autograder.grading.scores import score_of
from autograder.proof.steps import Step

__all__ = ["CPU_S", "Property", "Run", "Trial", "run_trials"]

CPU_S = 10.0
"""Processor time for one answer and its tests."""


@dataclass(frozen=True)
class Trial:
    """An answer to try, under a key of its own."""

    key: str
    exercise: str
    source: str
    seeds: tuple[str, ...] = ("",)
    """Seeds for the tests' random inputs, one run each; an empty one leaves the default."""


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

    @property
    def full(self) -> bool:
        """Whether it has all points."""
        return self.points == self.max_points


def run_trials(
    source: Source, steps: Sequence[Step], trials: Sequence[Trial], jobs: int, cpu_s: float = CPU_S
) -> Iterator[Run]:
    """Try all answers, at most `jobs` at a time; a run comes as soon as its answer has been tried.

    Raises:
        SourceError: a cell of the notebook fails with its own solutions.
        EngineError: the harness itself failed.
    """
    job = {
        "steps": [asdict(step) for step in steps],
        "trials": [asdict(trial) for trial in trials],
        "jobs": jobs,
        "cpu_s": cpu_s,
    }
    outstanding = {trial.key: trial for trial in trials}
    with tempfile.TemporaryDirectory(prefix="trials-") as scratch:
        folder = Path(scratch) / "work"
        shutil.copytree(source.path.parent, folder, ignore=NOT_FOR_STUDENTS)
        for line in _harness_lines(job, folder):
            if "broken" in line:
                raise SourceError(
                    f"{source.path}: the cell {line['broken']} fails with the notebook's own solutions",
                    got=line["error"],
                    expected="a notebook that runs from top to bottom",
                    fix="correct the cell",
                )
            yield from _runs(line, outstanding.pop(line["key"]), steps)
    if outstanding:
        raise EngineError(
            "not all answers were tried",
            got=f"no result for {', '.join(outstanding)}",
            expected="a result for each",
            fix="run it again",
        )


def _harness_lines(job: dict[str, Any], folder: Path) -> Iterator[dict[str, Any]]:
    """Run the harness in a folder; what it writes, line by line."""
    # JPY_SESSION_NAME names the notebook to a kernel. PYTHONSAFEPATH keeps data files beside it from being imported.
    environment = (
        {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
        | ONE_THREAD
        | {"CHAINRULE_LANGUAGE": "en", "MPLBACKEND": "Agg", "PYTHONSAFEPATH": "1"}
    )
    command = [sys.executable, "-m", "autograder.proof.harness"]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as job_file,
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as stderr_file,
    ):
        json.dump(job, job_file)
        job_file.seek(0)
        harness = subprocess.Popen(  # noqa: S603 - this very interpreter
            command, cwd=folder, env=environment, stdin=job_file, stdout=subprocess.PIPE, stderr=stderr_file, text=True
        )
        try:
            yield from map(json.loads, harness.stdout or ())
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


def _runs(line: dict[str, Any], trial: Trial, steps: Sequence[Step]) -> Iterator[Run]:
    """The runs of one trial, one for each seed, from its line of results."""
    max_points = sum(step.points for step in steps if step.exercise == trial.exercise)
    if line["failure"]:
        endless = line["failure"].startswith("no end")
        message = "\n".join(filter(None, (line["failure"], line["printed"])))
        yield Run(trial.key, trial.seeds[0], 0.0, max_points, ("time-limit" if endless else "crash",), message)
        return
    for seed, cells in zip(trial.seeds, line["runs"], strict=True):
        records = [cell["record"] for cell in cells if cell["record"]]
        diagnoses = dict.fromkeys(name for record in records for name in record["diagnoses"])
        messages = [cell["error"] or (cell["record"] or {}).get("message", {}).get("en", "") for cell in cells]
        properties = [
            Property(outcome["name"], outcome["hidden"], outcome["passed"])
            for record in records
            for outcome in record["outcomes"]
        ]
        yield Run(
            trial.key,
            seed,
            sum(map(_points, cells)),
            max_points,
            tuple(diagnoses),
            "\n".join(filter(None, messages)),
            tuple(properties),
        )


def _points(cell: dict[str, Any]) -> float:
    """Points of a test cell, by the grader's own rule, which reads them from outputs in a notebook."""
    outputs = []
    if cell["error"]:
        outputs.append(new_output("error", ename="Error", evalue=cell["error"], traceback=[]))
    elif cell["shown"] is not None:
        outputs.append(new_output("execute_result", {"text/plain": cell["shown"]}))
    settings = {"grade": True, "solution": False, "points": cell.get("points", 0.0)}
    return score_of(new_code_cell(outputs=outputs, metadata={"nbgrader": settings})) or 0.0
