"""The gradebook, read: nbgrader's tables through SQLAlchemy's expression language.

nbgrader's own classes do the writing (`nbgrader_api`). A command that only looks reads the tables directly, because
importing nbgrader takes longer than everything that such a command does. What a score is, and what still waits for a
marker, is nbgrader's own rule (`nbgrader.api.Grade`), and tests hold the two against each other.
"""

import contextlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Select, case, column, create_engine, func, select, table
from sqlalchemy.exc import DatabaseError
from sqlalchemy.sql.expression import TableClause

from autograder.course.folder import Course
from autograder.errors import CourseError, EngineError
from autograder.records import ItemScore

__all__ = [
    "GradebookReader",
    "StudentRow",
    "SubmissionRow",
    "explained",
    "find_assignment",
    "notebook_name",
    "open_gradebook",
    "require_gradebook",
]


def _table(name: str, *columns: str) -> TableClause:
    return table(name, *map(column, columns))


ASSIGNMENT = _table("assignment", "id", "name")
NOTEBOOK = _table("notebook", "id", "name", "assignment_id")
BASE_CELL = _table("base_cell", "id", "name", "notebook_id")
GRADE_CELL = _table("grade_cells", "id", "max_score")
TASK_CELL = _table("task_cells", "id", "max_score")
STUDENT = _table("student", "id", "first_name", "last_name", "email")
SUBMISSION = table(
    "submitted_assignment", column("id"), column("assignment_id"), column("student_id"), column("timestamp", DateTime)
)
SUBMITTED = _table("submitted_notebook", "id", "assignment_id", "notebook_id", "late_submission_penalty")
GRADE = _table(
    "grade", "cell_id", "notebook_id", "auto_score", "manual_score", "extra_credit", "needs_manual_grade"
)  # fmt: skip
COMMENT = _table("comment", "cell_id", "notebook_id", "auto_comment", "manual_comment")

SCORE = case(
    (GRADE.c.manual_score.is_not(None), GRADE.c.manual_score + func.coalesce(GRADE.c.extra_credit, 0.0)),
    (GRADE.c.auto_score.is_not(None), GRADE.c.auto_score + func.coalesce(GRADE.c.extra_credit, 0.0)),
    else_=0.0,
)
"""nbgrader.api.Grade.score: a manual score takes the place of an automatic one, extra credit comes on top."""
MAX_SCORE = func.coalesce(GRADE_CELL.c.max_score, TASK_CELL.c.max_score, 0.0)


@dataclass(frozen=True)
class StudentRow:
    """One student whom the gradebook knows."""

    id: str
    first_name: str | None
    last_name: str | None
    email: str | None


@dataclass(frozen=True)
class SubmissionRow:
    """What the gradebook holds of one submitted assignment, before a penalty is taken off."""

    timestamp: datetime | None
    raw_score: float
    late_submission_penalty: float
    needs_manual_grade: bool


class GradebookReader:
    """Questions to an open gradebook."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def assignments(self) -> dict[str, str]:
        """Name of the one notebook of each released assignment, by assignment, in order."""
        released = NOTEBOOK.join(ASSIGNMENT, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
        query = select(ASSIGNMENT.c.name, NOTEBOOK.c.name).select_from(released).order_by(ASSIGNMENT.c.name)
        return dict(self._connection.execute(query).all())

    def max_scores(self) -> dict[str, float]:
        """Points that each assignment can give, by assignment."""
        cells = (
            BASE_CELL.join(NOTEBOOK, BASE_CELL.c.notebook_id == NOTEBOOK.c.id)
            .join(ASSIGNMENT, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
            .outerjoin(GRADE_CELL, GRADE_CELL.c.id == BASE_CELL.c.id)
            .outerjoin(TASK_CELL, TASK_CELL.c.id == BASE_CELL.c.id)
        )
        query = select(ASSIGNMENT.c.name, func.sum(MAX_SCORE)).select_from(cells).group_by(ASSIGNMENT.c.name)
        return {assignment: float(points) for assignment, points in self._connection.execute(query)}

    def students(self) -> list[StudentRow]:
        """All students, by id."""
        query = select(STUDENT.c.id, STUDENT.c.first_name, STUDENT.c.last_name, STUDENT.c.email).order_by(STUDENT.c.id)
        return [StudentRow(*row) for row in self._connection.execute(query)]

    def scores(self, assignment: str) -> dict[str, dict[str, ItemScore]]:
        """The score of each graded cell, manual ones included, by student and grade_id."""
        query = self._grades(BASE_CELL.c.name, SCORE, MAX_SCORE, GRADE.c.needs_manual_grade).where(
            ASSIGNMENT.c.name == assignment
        )
        scores: dict[str, dict[str, ItemScore]] = defaultdict(dict)
        for _, student, item, score, max_score, needs_marking in self._connection.execute(query):
            scores[student][item] = ItemScore(item, float(score), float(max_score), bool(needs_marking))
        return dict(scores)

    def automatic_scores(self, assignment: str, student: str) -> dict[str, float]:
        """The scores that a run has given, by grade_id; cells that only a person marks are left out."""
        query = self._grades(BASE_CELL.c.name, GRADE.c.auto_score).where(
            ASSIGNMENT.c.name == assignment, SUBMISSION.c.student_id == student, GRADE.c.auto_score.is_not(None)
        )
        return {item: float(score) for _, _, item, score in self._connection.execute(query)}

    def comments(self, assignment: str, student: str) -> dict[str, str]:
        """The comment on each answer, by grade_id; a marker's takes the place of an automatic one."""
        submitted = (
            COMMENT.join(SUBMITTED, COMMENT.c.notebook_id == SUBMITTED.c.id)
            .join(SUBMISSION, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
            .join(ASSIGNMENT, SUBMISSION.c.assignment_id == ASSIGNMENT.c.id)
            .join(BASE_CELL, COMMENT.c.cell_id == BASE_CELL.c.id)
        )
        text = func.coalesce(COMMENT.c.manual_comment, COMMENT.c.auto_comment, "")
        query = select(BASE_CELL.c.name, text).select_from(submitted)
        query = query.where(ASSIGNMENT.c.name == assignment, SUBMISSION.c.student_id == student)
        return {item: str(comment) for item, comment in self._connection.execute(query)}

    def submissions(self) -> dict[tuple[str, str], SubmissionRow]:
        """Each submitted assignment, by assignment and student."""
        totals = self._grades(func.sum(SCORE), func.max(GRADE.c.needs_manual_grade)).group_by(
            ASSIGNMENT.c.name, SUBMISSION.c.student_id
        )
        graded = {(assignment, student): rest for assignment, student, *rest in self._connection.execute(totals)}
        submitted = SUBMISSION.join(ASSIGNMENT, SUBMISSION.c.assignment_id == ASSIGNMENT.c.id).outerjoin(
            SUBMITTED, SUBMITTED.c.assignment_id == SUBMISSION.c.id
        )
        penalty = func.coalesce(func.sum(SUBMITTED.c.late_submission_penalty), 0.0)
        query = select(ASSIGNMENT.c.name, SUBMISSION.c.student_id, SUBMISSION.c.timestamp, penalty)
        query = query.select_from(submitted).group_by(SUBMISSION.c.id)
        rows = {}
        for assignment, student, timestamp, late in self._connection.execute(query):
            score, needs_marking = graded.get((assignment, student), (0.0, False))
            rows[assignment, student] = SubmissionRow(timestamp, float(score), float(late), bool(needs_marking))
        return rows

    def _grades(self, *wanted: Any) -> Select[Any]:
        """Assignment and student of every grade, and what is wanted of it."""
        grades = (
            GRADE.join(SUBMITTED, GRADE.c.notebook_id == SUBMITTED.c.id)
            .join(SUBMISSION, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
            .join(ASSIGNMENT, SUBMISSION.c.assignment_id == ASSIGNMENT.c.id)
            .join(BASE_CELL, GRADE.c.cell_id == BASE_CELL.c.id)
            .outerjoin(GRADE_CELL, GRADE_CELL.c.id == BASE_CELL.c.id)
            .outerjoin(TASK_CELL, TASK_CELL.c.id == BASE_CELL.c.id)
        )
        return select(ASSIGNMENT.c.name, SUBMISSION.c.student_id, *wanted).select_from(grades)


@contextlib.contextmanager
def open_gradebook(course: Course) -> Iterator[GradebookReader]:
    """The course's gradebook, open for reading.

    Raises:
        CourseError: this folder has none yet.
        EngineError: it is there and cannot be used.
    """
    require_gradebook(course)
    engine = create_engine(f"sqlite:///{course.gradebook_path}")
    with explained(course):
        try:
            with engine.connect() as connection:
                yield GradebookReader(connection)
        finally:
            engine.dispose()


def require_gradebook(course: Course) -> None:
    """Raise CourseError unless the course folder has a gradebook: opening one would make it."""
    if not course.gradebook_path.is_file():
        raise CourseError(
            "this course folder has no gradebook",
            got=str(course.root),
            expected="a folder with gradebook.db in it",
            fix="stand in the course folder or name it with --course; `autograder release` makes its gradebook",
        )


@contextlib.contextmanager
def explained(course: Course) -> Iterator[None]:
    """Turn a fault of the database into a sentence."""
    try:
        yield
    except DatabaseError as error:
        raise EngineError(
            "the gradebook cannot be used",
            got=f"{error.orig} from {course.gradebook_path}",
            expected="a database made by `autograder release`",
            fix="free some disk space or put back a copy of the file; nothing was changed",
        ) from error


def find_assignment(course: Course, word: str) -> str:
    """The released assignment that "01-regression", "01" or "regression" names.

    Raises:
        CourseError: no released assignment goes by that name.
    """
    with open_gradebook(course) as gradebook:
        known = list(gradebook.assignments())
    matches = [name for name in known if word == name or word in name.split("-", 1)]
    if len(matches) == 1:
        return matches[0]
    raise CourseError(
        "no released notebook goes by that name",
        got=repr(word),
        expected=f"one of {', '.join(known)}" if known else "a released notebook",
        fix=f"use one of these names, or release it first: autograder release {word}",
    )


def notebook_name(course: Course, assignment: str) -> str:
    """Name of the one notebook of a released assignment: "regression"."""
    with open_gradebook(course) as gradebook:
        return gradebook.assignments()[assignment]
