"""Verdicts on a notebook's tests: whether each answer of known worth got what it deserves.

A wrong answer must lose points, and the report must name its mistake. A right answer and the notebook's own solution
must have all points. An untouched stub must have none.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from autograder.course.configuration import configure
from autograder.course.languages import LANGUAGES
from autograder.course.source import Source, edition, find_source, sources_in
from autograder.errors import SourceError
from autograder.proof.corpus import Answer, Kind, load_corpus
from autograder.proof.exercises import Exercises, exercises_of
from autograder.proof.trials import CPU_S, Run, Trial, run_trials

__all__ = ["Fault", "Proof", "Verdict", "as_json", "chosen_sources", "exercises_and_answers", "fault_of", "prove"]

Fault = Literal["", "survivor", "refused", "diagnosis missed", "stub scores"]


@dataclass(frozen=True)
class Verdict:
    """One answer, its run, and the fault of the tests that the run shows, if any."""

    answer: Answer
    run: Run
    fault: Fault


@dataclass(frozen=True)
class Proof:
    """All verdicts on one notebook."""

    notebook: str
    exercises: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    def of(self, exercise: str) -> list[Verdict]:
        """Verdicts on one exercise's answers."""
        return [verdict for verdict in self.verdicts if verdict.answer.exercise == exercise]

    @property
    def faults(self) -> list[Verdict]:
        """Verdicts that show a fault."""
        return [verdict for verdict in self.verdicts if verdict.fault]


def chosen_sources(solutions: Path, notebook: str | None) -> list[Path]:
    """Paths of the source that is named, or of all sources."""
    return [find_source(solutions, notebook)] if notebook else list(sources_in(solutions).values())


def prove(
    source: Source,
    exercise: str | None = None,
    jobs: int = 1,
    cpu_s: float = CPU_S,
    progress: Callable[[str, int], None] = lambda _name, _total: None,
) -> Proof:
    """Try every answer to a notebook, or to one exercise of it.

    Args:
        source: the notebook.
        exercise: its grade_id; None for all.
        jobs: answers side by side.
        cpu_s: processor time for one answer.
        progress: called with the name of each answer that was tried and the number of all.

    Raises:
        SourceError: there is no such exercise, or the notebook or one of the answers cannot be used.
    """
    exercises, answers = exercises_and_answers(source, exercise)
    by_key = {f"{answer.kind}/{answer.name}": answer for answer in answers}
    trials = [Trial(key, answer.exercise, answer.source) for key, answer in by_key.items()]
    verdicts = {}
    for run in run_trials(source, exercises, trials, jobs, cpu_s):
        verdicts[run.key] = Verdict(by_key[run.key], run, fault_of(by_key[run.key], run))
        progress(by_key[run.key].name, len(trials))
    names = (exercise,) if exercise else exercises.names
    return Proof(source.assignment, names, tuple(verdicts[key] for key in by_key))


def exercises_and_answers(source: Source, exercise: str | None) -> tuple[Exercises, list[Answer]]:
    """A notebook's exercises, and all answers to try on them: the corpus, the notebook's own solutions, the stubs.

    Raises:
        SourceError: there is no such exercise, or one of the answers cannot be used.
    """
    notebook = edition(source, LANGUAGES[0])
    exercises = exercises_of(notebook)
    if exercise is not None and exercise not in exercises.names:
        raise SourceError(
            f"{source.assignment} has no such exercise",
            got=repr(exercise),
            expected=f"one of {', '.join(exercises.names)}",
            fix="name it by its grade_id",
        )
    answers = [*load_corpus(source, exercises.names), *_references(exercises), *_stubs(notebook)]
    return exercises, [answer for answer in answers if answer.exercise in ({exercise} if exercise else exercises.names)]


def fault_of(answer: Answer, run: Run) -> Fault:
    """The fault that a run shows; empty if the answer got what it deserves.

    >>> answer = Answer("double-sign", "double", "wrong", "", "The sign is lost.", "sign")
    >>> fault_of(answer, Run("", "", 0.0, 2.0, ("sign",)))
    ''
    >>> fault_of(answer, Run("", "", 0.5, 2.0, ("constant-factor", "sign")))
    'diagnosis missed'
    """
    if answer.kind == "stub":
        return "stub scores" if run.points else ""
    if answer.kind != "wrong":
        return "" if run.full else "refused"
    if run.full:
        return "survivor"
    # A diagnosis in quotation marks is words of the report.
    if answer.diagnosis.startswith('"'):
        return "" if answer.diagnosis.strip('"') in run.message else "diagnosis missed"
    # Any other diagnosis must be the first, because a student reads that one and stops.
    return "" if run.diagnoses[:1] == (answer.diagnosis,) else "diagnosis missed"


def as_json(proofs: Sequence[Proof]) -> dict[str, Any]:
    """Counts of answers and names of the faulty ones, for JSON."""
    return {"notebooks": {proof.notebook: _numbers(proof) for proof in proofs}}


def _numbers(proof: Proof) -> dict[str, Any]:
    kinds = [verdict.answer.kind for verdict in proof.verdicts]

    def named(fault: Fault, *kind: Kind) -> list[str]:
        return [v.answer.name for v in proof.faults if v.fault == fault and v.answer.kind in kind]

    return {
        "wrong": kinds.count("wrong"),
        "survivors": named("survivor", "wrong"),
        "right": kinds.count("right"),
        "refused": named("refused", "right"),
        "diagnosis_missed": named("diagnosis missed", "wrong"),
        "references": kinds.count("reference"),
        "references_refused": named("refused", "reference"),
        "stubs": kinds.count("stub"),
        "stubs_scored": named("stub scores", "stub"),
    }


def _references(exercises: Exercises) -> list[Answer]:
    return [
        Answer(cell.id, cell.id, "reference", cell.source, "The notebook's own solution.")
        for cell in exercises.solutions
    ]


def _stubs(notebook: NotebookNode) -> list[Answer]:
    """The solution cells as students get them, cleared in the same way as by a release."""
    config = Config()
    configure(config)
    cleared, _ = ClearSolutions(config=config).preprocess(copy.deepcopy(notebook), ResourcesDict())
    return [Answer(cell.id, cell.id, "stub", cell.source, "Untouched.") for cell in exercises_of(cleared).solutions]
