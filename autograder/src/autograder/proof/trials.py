"""Trying answers on a notebook's own tests: points, diagnoses and what the report says, answer by answer."""

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
    """An answer to try."""

    key: str
    exercise: str
    source: str
    seeds: tuple[str, ...] = ("",)
    """Of the sheets' generators; one run each."""


@dataclass(frozen=True)
class Property:
    """One line of the report."""

    name: str
    hidden: bool
    passed: bool


@dataclass(frozen=True)
class Run:
    """What an answer got from its tests, with one seed."""

    key: str
    seed: str
    points: float
    max_points: float
    diagnoses: tuple[str, ...] = ()
    """Most important first."""
    message: str = ""
    """The report in English, or why there is none."""
    properties: tuple[Property, ...] = ()

    @property
    def full(self) -> bool:
        """Whether nothing was lost."""
        return self.points == self.max_points


def run_trials(
    source: Source, steps: Sequence[Step], trials: Sequence[Trial], jobs: int, cpu_s: float = CPU_S
) -> Iterator[Run]:
    """Try all answers, at most `jobs` at a time; results come as they are found.

    Raises:
        SourceError: a cell of the notebook fails with its own solutions.
        EngineError: the worker itself failed.
    """
    job = {
        "steps": [asdict(step) for step in steps],
        "trials": [asdict(trial) for trial in trials],
        "jobs": jobs,
        "cpu_s": cpu_s,
    }
    known = {trial.key: trial for trial in trials}
    with tempfile.TemporaryDirectory(prefix="trials-") as scratch:
        folder = Path(scratch) / "work"
        shutil.copytree(source.path.parent, folder, ignore=NOT_FOR_STUDENTS)
        for line in _work(job, folder):
            if "broken" in line:
                raise SourceError(
                    f"{source.path}: the cell {line['broken']} fails with the notebook's own solutions",
                    got=line["error"],
                    expected="a notebook that runs from top to bottom",
                    fix="correct the cell",
                )
            yield from _runs(line, known.pop(line["key"]), steps)
    if known:
        raise EngineError(
            "not all answers were tried",
            got=f"nothing on {', '.join(known)}",
            expected="a result each",
            fix="run it again",
        )


def _work(job: dict[str, Any], folder: Path) -> Iterator[dict[str, Any]]:
    """Lines that the worker writes."""
    environment = (
        {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
        | ONE_THREAD
        | {"CHAINRULE_LANGUAGE": "en", "MPLBACKEND": "Agg", "PYTHONSAFEPATH": "1"}
    )
    command = [sys.executable, "-m", "autograder.proof.harness"]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as given,
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints,
    ):
        json.dump(job, given)
        given.seek(0)
        worker = subprocess.Popen(  # noqa: S603 - this very interpreter
            command, cwd=folder, env=environment, stdin=given, stdout=subprocess.PIPE, stderr=complaints, text=True
        )
        try:
            yield from map(json.loads, worker.stdout or ())
            if worker.wait():
                complaints.seek(0)
                raise EngineError(
                    "the worker that tries answers failed",
                    got=(complaints.read().strip().splitlines() or [f"status {worker.returncode}"])[-1],
                    expected="status 0",
                    fix="run it again, with fewer --jobs if memory is short",
                )
        finally:
            worker.terminate()  # it takes its children with it
            worker.communicate()


def _runs(line: dict[str, Any], trial: Trial, steps: Sequence[Step]) -> Iterator[Run]:
    max_points = sum(step.points for step in steps if step.exercise == trial.exercise)
    if line["failure"]:
        endless = line["failure"].startswith("no end")
        message = "\n".join(filter(None, (line["failure"], line["printed"])))
        yield Run(trial.key, trial.seeds[0], 0.0, max_points, ("time-limit" if endless else "crash",), message)
        return
    for seed, cells in zip(trial.seeds, line["runs"], strict=True):
        records = [cell["record"] for cell in cells if cell["record"]]
        diagnoses = dict.fromkeys(name for record in records for name in record["diagnoses"])
        told = [cell["error"] or (cell["record"] or {}).get("message", {}).get("en", "") for cell in cells]
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
            "\n".join(filter(None, told)),
            tuple(properties),
        )


def _points(cell: dict[str, Any]) -> float:
    """Points of a test cell, by the grader's own rule for what it leaves in a notebook."""
    outputs = []
    if cell["error"]:
        outputs.append(new_output("error", ename="Error", evalue=cell["error"], traceback=[]))
    elif cell["shown"] is not None:
        outputs.append(new_output("execute_result", {"text/plain": cell["shown"]}))
    settings = {"grade": True, "solution": False, "points": cell.get("points", 0.0)}
    return score_of(new_code_cell(outputs=outputs, metadata={"nbgrader": settings})) or 0.0
