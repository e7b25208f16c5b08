"""What `course.gradebook` reads from the tables, against what nbgrader's own objects say of the same marks."""

import itertools
import warnings
from datetime import datetime

import pytest
from autograder.course.folder import Course
from autograder.course.gradebook import open_gradebook
from autograder.course.nbgrader_api import gradebook_of
from nbgrader.api import Grade
from sqlalchemy.exc import SAWarning

MARKS = list(
    itertools.product(
        (None, 0.0, 1.5),  # automatic score
        (None, 0.0, 2.0),  # manual score
        (None, 0.5),  # extra credit
        (False, True),  # needs a marker
    )
)
"""Every combination; each is a student."""


@pytest.fixture
def marked(course: Course) -> Course:
    """The small course with a student for each combination of marks, in every graded cell."""
    with warnings.catch_warnings(), gradebook_of(course) as gradebook:
        # nbgrader adds objects to a session later than SQLAlchemy would like to
        warnings.simplefilter("ignore", SAWarning)
        for number, (auto, manual, extra, needs_marking) in enumerate(MARKS):
            student = f"s{number:02}"
            gradebook.add_student(student, first_name="A", last_name=f"L{number}", email=None)
            submission = gradebook.add_submission("01-tiny", student, timestamp=datetime(2026, 1, 2, 3, number))  # noqa: DTZ001 (nbgrader's are naive)
            for notebook in submission.notebooks:
                notebook.late_submission_penalty = 0.25 * number if number % 3 else None
                for grade in notebook.grades:
                    grade.auto_score, grade.manual_score, grade.extra_credit = auto, manual, extra
                    grade.needs_manual_grade = needs_marking
                for comment in notebook.comments:
                    comment.auto_comment = "automatic" if number % 2 else None
                    comment.manual_comment = f"by hand {number}" if number % 3 else None
        gradebook.add_student("no-submission")
        gradebook.db.commit()
    return course


def as_read(grade: Grade) -> tuple[float, float, bool]:
    return float(grade.score), float(grade.max_score), bool(grade.needs_manual_grade)


def test_scores_are_those_of_nbgrader(marked: Course) -> None:
    with gradebook_of(marked) as gradebook:
        expected = {
            submission.student_id: {
                grade.name: as_read(grade) for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions("01-tiny")
        }
    with open_gradebook(marked) as gradebook:
        scores = gradebook.scores("01-tiny")
    assert len(expected) == len(MARKS)
    assert {
        student: {name: (item.score, item.max_score, item.needs_marking) for name, item in items.items()}
        for student, items in scores.items()
    } == expected


def test_automatic_scores_are_those_that_a_run_has_given(marked: Course) -> None:
    with open_gradebook(marked) as gradebook:
        for number, (auto, *_) in enumerate(MARKS):
            scores = gradebook.automatic_scores("01-tiny", f"s{number:02}")
            assert set(scores.values()) == ({auto} if auto is not None else set())


def test_submissions_students_and_points_are_those_of_nbgrader(marked: Course) -> None:
    with gradebook_of(marked) as gradebook:
        assignment = gradebook.find_assignment("01-tiny")
        points = {assignment.name: assignment.max_score}
        students = [(each.id, each.first_name, each.last_name, each.email) for each in gradebook.students]
        submissions = {
            (assignment.name, each.student_id): (
                each.timestamp,
                each.score,
                each.late_submission_penalty,
                each.needs_manual_grade,
            )
            for each in gradebook.assignment_submissions("01-tiny")
        }
    with open_gradebook(marked) as gradebook:
        assert gradebook.assignments() == {"01-tiny": "tiny"}
        assert gradebook.max_scores() == points
        assert [(row.id, row.first_name, row.last_name, row.email) for row in gradebook.students()] == sorted(students)
        assert {
            key: (row.timestamp, row.raw_score, row.late_submission_penalty, row.needs_manual_grade)
            for key, row in gradebook.submissions().items()
        } == submissions


def test_comments_are_those_of_nbgrader(marked: Course) -> None:
    with gradebook_of(marked) as gradebook:
        expected = {
            submission.student_id: {comment.name: comment.comment or "" for comment in submission.notebooks[0].comments}
            for submission in gradebook.assignment_submissions("01-tiny")
        }
    with open_gradebook(marked) as gradebook:
        assert {student: gradebook.comments("01-tiny", student) for student in expected} == expected
