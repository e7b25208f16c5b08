"""Grades many submissions: they run side by side and are entered one by one, and none of them stops the others."""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

from traitlets.config import Config

from autograder.course.folder import Course
from autograder.course.gradebook import notebook_name, open_gradebook
from autograder.course.nbgrader_api import NbGraderAPI, failure_of, nbgrader_api, settings_of
from autograder.errors import CourseError, EngineError
from autograder.grading.nbgrader_steps import canonical_submission
from autograder.grading.runner import Runner
from autograder.grading.scores import scores_of
from autograder.grading.submission import submitted_digest
from autograder.log import about
from autograder.records import Change, Execution, Limits, Submission

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
    jobs = jobs or os.cpu_count() or 1
    outcomes: list[Outcome] = []

    def report(submission: Submission, execution: Execution, fresh: bool) -> None:
        outcomes.append(Outcome(submission.student, execution, fresh))
        if progress:
            progress(outcomes[-1], len(submissions))

    cells = {"cell_s": limits.cell_s, "notebook_s": limits.notebook_s, "trust_students": trust_students}
    config, api = settings_of(course, RunCells=cells), nbgrader_api(course, RunCells=cells)
    source = course.source(assignment, submissions[0].path.stem)
    held: dict[Submission, Future[dict[str, float]]] = {}
    changes: list[Change] = []
    with Runner(course.root, source, limits, trust_students, ahead=jobs) as runner:
        waiting = []
        for submission in submissions:
            known = None if force else _known(course, submission, runner)
            if known:
                report(submission, known, fresh=False)
            else:
                waiting.append(submission)
        with _threads(jobs) as (pool, stopped):
            runs = {pool.submit(_execute, config, each, runner, force, stopped): each for each in waiting}
            for run in as_completed(runs):
                submission = runs[run]
                if changed := _changes(course, submission, run):
                    held[submission] = run
                    changes += changed
                else:
                    report(submission, _enter(course, api, submission, run), fresh=True)
    approved = not changes or approve(changes)
    for submission, run in held.items():
        declined = _failed("the new score was declined; the old one stands")
        report(submission, _enter(course, api, submission, run) if approved else declined, fresh=True)
    return sorted(outcomes, key=lambda outcome: outcome.student)


def _chosen(course: Course, assignment: str, students: Iterable[str] | None) -> list[Submission]:
    """The submissions that are to be graded, by student."""
    name = notebook_name(course, assignment)
    folders = course.submissions(assignment)
    chosen = sorted(folders if students is None else set(students))
    missing = [student for student in chosen if student not in folders]
    if missing:
        raise CourseError(
            f"these students have no submission of {assignment}",
            got=", ".join(missing),
            expected=f"some of {', '.join(folders) or 'nobody yet'}",
            fix="correct the names, or collect first",
        )
    if not chosen:
        raise CourseError(
            f"there is nothing to grade for {assignment}",
            got=f"no submission below {course.root / 'submitted'}",
            expected=f"submitted/<student>/{assignment}/{name}.ipynb",
            fix=f"bring the submissions in: autograder collect {assignment} FOLDER_OR_ARCHIVE",
        )
    return [Submission(student, assignment, folders[student] / f"{name}.ipynb") for student in chosen]


def _known(course: Course, submission: Submission, runner: Runner) -> Execution | None:
    """The record of an earlier run, if nothing that its result depends on has changed since."""
    record = course.execution(submission.student, submission.assignment, submission.path.stem)
    if record is None or not submission.path.is_file():
        return None
    return record if (record.key, record.tests) == runner.key_of(submitted_digest(submission.path)) else None


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
    config: Config, submission: Submission, runner: Runner, force: bool, stopped: Callable[[], bool]
) -> dict[str, float]:
    """Do the slow part of nbgrader's autograde ahead of it; the result waits in the store. Returns the points."""
    if not submission.path.is_file():
        return {}
    with about(submission.student):
        canonical = canonical_submission(config, submission.student, submission.assignment, submission.path)
        return scores_of(runner.executed(canonical, known=not force, stopped=stopped))


def _changes(course: Course, submission: Submission, run: Future[dict[str, float]]) -> list[Change]:
    """What a run would change of scores that are in the gradebook; nothing for whom it does not know yet."""
    if run.exception():
        return []
    with open_gradebook(course) as gradebook:
        before = gradebook.automatic_scores(submission.assignment, submission.student)
    return [
        Change(submission.student, item, before[item], after)
        for item, after in run.result().items()
        if item in before and before[item] != after
    ]


def _enter(course: Course, api: NbGraderAPI, submission: Submission, run: Future[dict[str, float]]) -> Execution:
    """Have nbgrader put one submission's result into autograded/ and the gradebook; returns the record of the run."""
    student, path = submission.student, submission.path
    if not path.is_file():
        others = ", ".join(sorted(other.name for other in path.parent.iterdir())) or "nothing"
        return _failed(f"the submission has no {path.name}, only {others}")
    if error := run.exception():
        LOGGER.error("%s was not graded", student, exc_info=error)
        return _failed(f"the grader failed: {type(error).__name__}: {error}")
    outcome = api.autograde(submission.assignment, student)
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
    record = course.execution(student, submission.assignment, path.stem)
    return record or _failed("nbgrader left no record")


def _failed(reason: str) -> Execution:
    return Execution("not graded", reason, 0.0, "")
