"""One submission, run once with everything about it kept: for whoever wants to know why it got what it got.

It goes the same way as grading does (canonical notebook, plan, engine, outputs, scores), but takes nothing from the
store, leaves nothing in it, and does not touch the gradebook.
"""

import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course.folder import Course
from autograder.course.languages import language_of
from autograder.course.nbgrader_api import settings_of
from autograder.errors import CourseError, SubmissionError
from autograder.grading.cells import Plan, plan_of
from autograder.grading.engine import Engine, SandboxUse
from autograder.grading.nbgrader_steps import canonical_submission
from autograder.grading.runner import secret_of, state_of, write_outputs
from autograder.grading.scores import scores_of
from autograder.grading.store import CellRun, Run
from autograder.log import about
from autograder.records import Limits
from autograder.sandbox import Tier

__all__ = ["Transcript", "transcribe"]


@dataclass(frozen=True)
class Transcript:
    """What one run came to."""

    assignment: str
    tier: Tier
    plan: Plan
    """What was to run: all of the notebook, or the cells that were asked for."""
    run: Run
    state: str
    reason: str
    sandboxes: tuple[SandboxUse, ...]
    """The student's sandboxes, one unless the code ended it."""
    scores: dict[str, float]
    """Points of the tests that ran, by grade_id."""
    notebook: NotebookNode
    """The canonical notebook with its outputs."""

    @property
    def cells(self) -> dict[str, CellRun]:
        """What came of each cell and test, by cell id."""
        return self.run.cells | self.run.tests


def transcribe(
    course: Course,
    assignment: str,
    notebook: str,
    submitted: Path,
    tier: Tier,
    *,
    only: Collection[str] = (),
    limits: Limits | None = None,
) -> Transcript:
    """Run one submitted file.

    Args:
        course: where the assignment is released.
        assignment: what the file is a submission of.
        notebook: name of the assignment's notebook.
        submitted: the file, of any name.
        tier: of the sandboxes.
        only: ids of cells and tests. The others are left out, but for the cells that come before these.
        limits: of the run.

    Raises:
        SubmissionError: the file cannot be read as a notebook.
        CourseError: no cell has one of these ids.
        SandboxFailure: the machine is the cause that it did not run.
    """
    limits = limits or Limits()
    canonical = _canonical(course, assignment, notebook, submitted)
    if problem := canonical.metadata["autograder"]["unreadable"]:
        raise SubmissionError(f"{submitted} cannot be graded: {problem}")
    source = course.source(assignment, notebook)
    instructors = nbformat.read(source, as_version=4)
    plan = _restricted(plan_of(canonical, instructors), only)
    sandboxes: list[SandboxUse] = []
    secret = secret_of(course.root)
    with (
        about(submitted.name),
        Engine(instructors, source.parent, limits, secret, tier, watch=sandboxes.append) as engine,
    ):
        run = engine.run(plan, language_of(canonical), None)
    state, reason = state_of(run, limits)
    write_outputs(canonical, run, "it was left out, or the notebook was ended before")
    ran = {test.id for test in plan.tests}
    scores = {item: points for item, points in scores_of(canonical).items() if item in ran}
    return Transcript(assignment, tier, plan, run, state, reason, tuple(sandboxes), scores, canonical)


def _canonical(course: Course, assignment: str, notebook: str, submitted: Path) -> NotebookNode:
    """The canonical notebook, made from a copy that has the name which nbgrader expects."""
    if not submitted.is_file():
        raise SubmissionError(
            "there is nothing to run", got=f"{submitted}, which is no file", expected="a notebook", fix="name the file"
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"{notebook}.ipynb"
        shutil.copyfile(submitted, copy)
        return canonical_submission(settings_of(course), "run", assignment, copy)


def _restricted(plan: Plan, only: Collection[str]) -> Plan:
    if not only:
        return plan
    ids = [cell.id for cell in plan.cells]
    unknown = [name for name in only if name not in ids]
    if unknown:
        raise CourseError(
            "no cell of this notebook has that id",
            got=", ".join(unknown),
            expected=f"some of {', '.join(ids)}",
            fix="name a cell by its grade_id, such as test-sigmoid for the test of sigmoid",
        )
    stop = 1 + max(ids.index(name) for name in only)
    cells = (cell for cell in plan.cells[:stop] if cell.kind != "test" or cell.id in only)
    return replace(plan, cells=tuple(cells))
