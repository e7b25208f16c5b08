"""The gradebook as one CSV file, for whatever keeps the marks of a school."""

import csv
from collections.abc import Iterator
from pathlib import Path

from autograder.course.folder import Course
from autograder.course.gradebook import GradebookReader, open_gradebook

__all__ = ["export"]

COLUMNS = (
    "assignment",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "timestamp",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "needs_manual_grade",
)


def export(course: Course, target: Path) -> int:
    """Write every student's score for every assignment to `target`; returns the number of lines of data.

    The columns are those of `nbgrader export`. Its own writer puts no quotes around a name with a comma, and a
    spreadsheet would run a name that begins with "=", so this one is used.

    Raises:
        CourseError: no gradebook.
        EngineError: the gradebook cannot be read.
    """
    part = target.with_name(f".{target.name}.part")
    with open_gradebook(course) as gradebook, part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        lines = list(_lines(gradebook))
        writer.writerows({column: _harmless(value) for column, value in line.items()} for line in lines)
    part.replace(target)
    return len(lines)


def _lines(gradebook: GradebookReader) -> Iterator[dict[str, object]]:
    submissions, students = gradebook.submissions(), gradebook.students()
    for assignment, max_score in sorted(gradebook.max_scores().items()):
        for student in students:
            line: dict[str, object] = {
                "assignment": assignment,
                "student_id": student.id,
                "last_name": student.last_name,
                "first_name": student.first_name,
                "email": student.email,
                "max_score": max_score,
            }
            submission = submissions.get((assignment, student.id))
            if submission is None:
                yield line | {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
                continue
            yield line | {
                "timestamp": submission.timestamp,
                "raw_score": submission.raw_score,
                "late_submission_penalty": submission.late_submission_penalty,
                "score": max(0.0, submission.raw_score - submission.late_submission_penalty),
                "needs_manual_grade": submission.needs_manual_grade,
            }


def _harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front.

    >>> _harmless("=1+1"), _harmless(-1.5), _harmless("Ada")
    ("'=1+1", -1.5, 'Ada')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
