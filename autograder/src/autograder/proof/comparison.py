"""Compares proving with grading: every answer of the corpus is graded in the sandbox, too, and must be told the same.

The submission that is graded holds the answer and, for the other exercises, the notebook's own solutions. Both sides
draw the same random inputs, so not only the points but the outputs of the tests must be equal, word for word.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from nbformat import NotebookNode
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.course.answers import fill
from autograder.course.languages import LANGUAGES
from autograder.course.source import Source, edition
from autograder.grading.cells import Plan, plan_of
from autograder.grading.engine import Engine, check_seed
from autograder.grading.store import Run as GradedRun
from autograder.proof.corpus import Answer
from autograder.proof.exercises import Exercises
from autograder.proof.trials import CPU_S, Run, Trial, points_of, run_trials, students_folder
from autograder.proof.verdicts import exercises_and_answers
from autograder.records import Limits
from autograder.sandbox import Tier

__all__ = ["Comparison", "Judgement", "as_json", "as_table", "compare"]

SECRET = b"proving and grading"
"""Any will do, as nobody is to guess the inputs; a fixed one makes the comparison reproducible."""
STOPS = {"TimeLimit": "time-limit", "MemoryLimit": "crash", "Crash": "crash"}
"""Errors by which a test says that its process has ended. The sentences behind them name the sandbox, so that they
differ."""


@dataclass(frozen=True)
class Judgement:
    """What an answer was given and told."""

    points: float
    findings: tuple[str, ...]
    """Lines of the reports of its tests."""


@dataclass(frozen=True)
class Comparison:
    """One answer, judged twice."""

    notebook: str
    answer: Answer
    proved: Judgement
    graded: Judgement

    @property
    def first_difference(self) -> tuple[str, str]:
        """The first line that only one side says, from both sides; two equal texts if there is none."""
        for proved, graded in zip(self.proved.findings, self.graded.findings, strict=False):
            if proved != graded:
                return proved, graded
        length = min(len(self.proved.findings), len(self.graded.findings))
        return "".join(self.proved.findings[length : length + 1]), "".join(self.graded.findings[length : length + 1])


def compare(
    source: Source,
    tier: Tier,
    exercise: str | None = None,
    jobs: int = 1,
    cpu_s: float = CPU_S,
    progress: Callable[[str, int], None] = lambda _name, _total: None,
) -> list[Comparison]:
    """Prove and grade every answer to a notebook, or to one exercise of it.

    Raises:
        SourceError: there is no such exercise, or the notebook or one of the answers cannot be used.
        SandboxFailure: the machine is the reason why an answer could not be graded.
    """
    exercises, answers = exercises_and_answers(source, exercise)
    by_key = {f"{answer.kind}/{answer.name}": answer for answer in answers}
    notebook = edition(source, LANGUAGES[0])
    plans = {key: _submission(notebook, exercises, answer) for key, answer in by_key.items()}
    trials = [
        Trial(key, answer.exercise, answer.source, (check_seed(plans[key], SECRET),)) for key, answer in by_key.items()
    ]
    proved = {run.key: _proved(run) for run in run_trials(source, exercises, trials, jobs, cpu_s)}
    comparisons = []
    for key, run in _graded_runs(source, notebook, plans, tier, jobs, Limits(cell_s=cpu_s)):
        comparisons.append(Comparison(source.assignment, by_key[key], proved[key], _graded(run, plans[key], exercises)))
        progress(by_key[key].name, len(plans))
    return comparisons


def _submission(notebook: NotebookNode, exercises: Exercises, answer: Answer) -> Plan:
    """The plan of a submission that holds an answer: the cells down to its last test, and no other tests."""
    plan = plan_of(fill(notebook, {answer.exercise: answer.source}), notebook)
    tests = {test for test, exercise in exercises.judged.items() if exercise == answer.exercise}
    stop = 1 + max(position for position, cell in enumerate(plan.cells) if cell.id in tests)
    return replace(plan, cells=tuple(cell for cell in plan.cells[:stop] if cell.kind != "test" or cell.id in tests))


def _graded_runs(
    source: Source, notebook: NotebookNode, plans: dict[str, Plan], tier: Tier, jobs: int, limits: Limits
) -> Iterator[tuple[str, GradedRun]]:
    with (
        students_folder(source) as folder,
        Engine(notebook, folder, limits, SECRET, tier, ahead=jobs) as engine,
        ThreadPoolExecutor(jobs) as threads,
    ):
        yield from zip(
            plans, threads.map(lambda plan: engine.run(plan, LANGUAGES[0], None), plans.values()), strict=True
        )


def _proved(run: Run) -> Judgement:
    # Without outputs, the answer's own cell did not come to its end.
    findings = _findings(run.outputs.values()) if run.outputs else run.diagnoses
    return Judgement(run.points, tuple(findings))


def _graded(run: GradedRun, plan: Plan, exercises: Exercises) -> Judgement:
    tests = {cell.id: run.tests[cell.id].outputs for cell in plan.tests if cell.id in run.tests}
    points = sum(points_of(outputs, exercises.points[test]) for test, outputs in tests.items())
    stops = [
        "time-limit" if cell.limit == "time" else "crash" for cell in run.cells.values() if cell.limit or cell.died
    ]
    return Judgement(points, tuple(stops[:1] or _findings(tests.values())))


def _findings(tests: Sequence[list[dict[str, Any]]] | Any) -> Iterator[str]:
    """What tests show, line by line."""
    for output in (output for outputs in tests for output in outputs):
        if output["output_type"] == "stream":
            yield from output["text"].splitlines()
        elif output["output_type"] == "error":
            name = output["ename"]
            yield STOPS.get(name) or f"{name}: {output['evalue']}"
        else:
            yield output["data"]["text/plain"]
            text = html.unescape(re.sub(r"<[^>]*>", "\n", output["data"].get("text/html", "")))
            yield from filter(None, map(str.strip, text.splitlines()))


def as_json(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """The number of answers, and every difference, for JSON."""
    return {
        "answers": len(comparisons),
        "differences": [
            {
                "notebook": one.notebook,
                "answer": f"{one.answer.kind}/{one.answer.name}",
                "points": {"proved": one.proved.points, "graded": one.graded.points},
                "finding": dict(zip(("proved", "graded"), one.first_difference, strict=True)),
            }
            for one in comparisons
            if one.proved != one.graded
        ],
    }


def as_table(notebook: str, comparisons: Sequence[Comparison]) -> RenderableType:
    """A sentence, then a row for each answer that proving and grading judge differently."""
    differences = [one for one in comparisons if one.proved != one.graded]
    count = Text(f"{len(differences)} differences", style="bold red" if differences else "green")
    head = Text(f"{notebook}: {len(comparisons)} answers proved and graded, ").append(count)
    if not differences:
        return head
    table = Table("answer", "proved", "graded", "proving says", "grading says", pad_edge=False)
    for one in differences:
        points = (f"{one.proved.points:g}", f"{one.graded.points:g}")
        table.add_row(f"{one.answer.kind}/{one.answer.name}", *points, *map(Text, one.first_difference))
    return Group(head, table)
