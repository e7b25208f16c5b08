"""Many submissions: run side by side, entered in the gradebook one by one, each stopping nobody."""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course.folder import Course
from autograder.course.gradebook import notebook_name, open_gradebook
from autograder.course.nbgrader_api import failure_of, settings_of
from autograder.errors import CourseError, EngineError
from autograder.grading.nbgrader_steps import canonical_submission
from autograder.grading.runner import Runner, runner_for
from autograder.grading.scores import scores_of
from autograder.grading.submission import fingerprint
from autograder.log import about
from autograder.records import Change, Execution, Limits

__all__ = ["Outcome", "grade"]

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What one submission's grading came to."""

    student: str
    execution: Execution
    fresh: bool
    """False if the submission had been graded before and nothing has changed."""


def grade(
    course: Course,
    assignment: str,
    *,
    students: Iterable[str] | None = None,
    limits: Limits | None = None,
    jobs: int = 0,
    force: bool = False,
    trust_students: bool = False,
    approve: Callable[[list[Change]], bool] = lambda _changes: True,
    progress: Callable[[Outcome, int], None] | None = None,
) -> list[Outcome]:
    """Grade the submissions of one assignment, all of them unless `students` are named.

    Executing takes nearly all the time and is done by `jobs` threads (0: one a core), each waiting for a sandbox;
    what they find goes into a store by content, where nbgrader's autograde, run here one submission at a time,
    picks it up. So the gradebook has one writer, and an interrupted run goes on where it stopped.

    A score that is in the gradebook already and would change is held back until all have run. Then `approve` is asked
    once, with all such changes; if it says no, these submissions keep what they have.

    Raises:
        CourseError: nothing to grade, or a student without a submission.
        EngineError: the gradebook cannot be written.
    """
    submissions = _chosen(course, assignment, students)
    limits = limits or Limits()
    outcomes: list[Outcome] = []

    def report(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if progress:
            progress(outcome, len(submissions))

    waiting = []
    for student, path in submissions.items():
        known = None if force else _known(course, student, assignment, path)
        if known:
            report(Outcome(student, known, fresh=False))
        else:
            waiting.append(student)
    cells = {"cell_s": limits.cell_s, "notebook_s": limits.notebook_s, "trust_students": trust_students}
    config = settings_of(course, RunCells=cells)
    api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
    jobs = jobs or os.cpu_count() or 1
    source = course.source(assignment, notebook_name(course, assignment))
    runner = runner_for(course.root, source, limits, trust_students, ahead=jobs)
    held: dict[str, Future[dict[str, float]]] = {}
    changes: list[Change] = []
    with _threads(jobs) as (pool, stopped):
        runs = {
            pool.submit(_execute, config, student, submissions[student], runner, force, stopped): student
            for student in waiting
        }
        for run in as_completed(runs):
            student = runs[run]
            if changed := _changes(course, assignment, student, run):
                held[student] = run
                changes += changed
                continue
            execution = _enter(course, api, assignment, student, submissions[student], run)
            report(Outcome(student, execution, fresh=True))
    approved = not changes or approve(changes)
    for student, run in held.items():
        if approved:
            execution = _enter(course, api, assignment, student, submissions[student], run)
        else:
            execution = _failed("the new score was declined; the old one stands")
        report(Outcome(student, execution, fresh=True))
    return sorted(outcomes, key=lambda outcome: outcome.student)


def _chosen(course: Course, assignment: str, students: Iterable[str] | None) -> dict[str, Path]:
    """Path of each submission that is to be graded, by student."""
    name = notebook_name(course, assignment)
    submissions = {student: folder / f"{name}.ipynb" for student, folder in course.submissions(assignment).items()}
    if students is not None:
        missing = sorted(set(students) - submissions.keys())
        if missing:
            raise CourseError(
                f"these students have no submission of {assignment}",
                got=", ".join(missing),
                expected=f"some of {', '.join(submissions) or 'nobody yet'}",
                fix="correct the names, or collect first",
            )
        submissions = {student: submissions[student] for student in sorted(set(students))}
    if not submissions:
        raise CourseError(
            f"there is nothing to grade for {assignment}",
            got=f"no submission below {course.root / 'submitted'}",
            expected=f"submitted/<student>/{assignment}/{name}.ipynb",
            fix=f"bring the submissions in: autograder collect {assignment} FOLDER_OR_ARCHIVE",
        )
    return submissions


def _known(course: Course, student: str, assignment: str, submitted: Path) -> Execution | None:
    """The record of an earlier run, if neither the submission nor the instructor's notebook has changed since."""
    known = course.execution(student, assignment, submitted.stem)
    source = course.source(assignment, submitted.stem)
    return known if known and known.fingerprint == fingerprint(submitted, source) else None


@contextmanager
def _threads(jobs: int) -> Iterator[tuple[ThreadPoolExecutor, Callable[[], bool]]]:
    """A pool whose running notebooks are killed, and waiting ones dropped, when its user is interrupted or fails."""
    stop = threading.Event()
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="notebook")
    try:
        yield pool, stop.is_set
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _execute(
    config: Config, student: str, submitted: Path, runner: Runner, force: bool, stopped: Callable[[], bool]
) -> dict[str, float]:
    """Do the slow part of nbgrader's autograde ahead of it; the result waits in the store. Returns the points."""
    if not submitted.is_file():
        return {}
    with about(student):
        canonical = canonical_submission(config, student, submitted.parent.name, submitted)
        return scores_of(runner.executed(canonical, known=not force, stopped=stopped))


def _changes(course: Course, assignment: str, student: str, run: Future[dict[str, float]]) -> list[Change]:
    """What a run would change of scores that are in the gradebook; nothing for whom it does not know yet."""
    if run.exception():
        return []
    with open_gradebook(course) as gradebook:
        before = gradebook.automatic_scores(assignment, student)
    return [
        Change(student, item, before[item], after)
        for item, after in run.result().items()
        if item in before and before[item] != after
    ]


def _enter(
    course: Course, api: NbGraderAPI, assignment: str, student: str, submitted: Path, run: Future[dict[str, float]]
) -> Execution:
    """Let nbgrader put one submission's result into autograded/ and the gradebook; say what it found."""
    if not submitted.is_file():
        held = ", ".join(sorted(path.name for path in submitted.parent.iterdir())) or "nothing"
        return _failed(f"the submission has no {submitted.name}, only {held}")
    if error := run.exception():
        LOGGER.error("%s was not graded", student, exc_info=error)
        return _failed(f"the grader failed: {type(error).__name__}: {error}")
    outcome = api.autograde(assignment, student)
    if not outcome["success"]:
        try:
            log, cause = failure_of(outcome)
        except OSError as error:
            raise EngineError(
                "the gradebook cannot be written",
                got="a full disk",
                expected=f"some room in {course.root}",
                fix="free some space and give the same command again: what is graded stays graded, nothing is lost",
            ) from error
        LOGGER.error("nbgrader failed on %s\n%s", student, log)
        return _failed(f"nbgrader failed: {cause}")
    return course.execution(student, assignment, submitted.stem) or _failed("nbgrader left no record")


def _failed(reason: str) -> Execution:
    return Execution("not graded", reason, 0.0, "")
