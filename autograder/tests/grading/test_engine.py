"""Covers `grading.engine` and `grading.nbgrader_steps`: nbgrader's own commands give our files and scores."""

import shutil
from pathlib import Path

import pytest
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.course.release import release
from autograder.course.source import load_source
from autograder.grading.batch import grade
from autograder.reports.feedback import give_feedback
from autograder.reports.report import report_on
from classroom import ASSIGNMENT, put
from folders import TINY
from nbgrader_commands import nbgrader

CLASS: dict[str, dict[str, object]] = {
    "solution": {},
    "untouched": {"solved": False},
    "chinese": {"language": "zh", "double": "def double(x):\n    return x * x"},
    "visible-only": {"rms": "def rms(v):\n    return 12.5 ** 0.5"},
    "warns": {"double": "import sys\ndef double(x):\n    print('hm', file=sys.stderr)\n    return 2 * x"},
    "broken": {"text": '{"cells": ['},
}


@pytest.fixture
def twin(course: Course, tmp_path: Path) -> Course:
    """The same course in another folder."""
    shutil.copytree(course.root, tmp_path / "twin")
    return Course(tmp_path / "twin")


def test_the_same_release(course: Course, twin: Course, tmp_path: Path) -> None:
    released = twin.released(ASSIGNMENT) / "tiny.ipynb"
    released.unlink()
    twin.gradebook_path.unlink()
    nbgrader(twin, tmp_path / "home", "generate_assignment", ASSIGNMENT, "--create", "--force")
    assert released.read_bytes() == (course.released(ASSIGNMENT) / "tiny.ipynb").read_bytes()
    assert graded_cells(twin) == graded_cells(course)


def graded_cells(course: Course) -> list[tuple[str, float]]:
    with gradebook_of(course) as gradebook:
        (notebook,) = gradebook.find_assignment(ASSIGNMENT).notebooks
        return [(cell.name, cell.max_score) for cell in notebook.grade_cells]


def test_the_same_scores_and_pages(course: Course, twin: Course, tmp_path: Path) -> None:
    for student, answers in CLASS.items():
        put(course, student, **answers)
        put(twin, student, **answers)
    grade(course, ASSIGNMENT)
    ours = give_feedback(course, ASSIGNMENT, CLASS)
    nbgrader(twin, tmp_path / "home", "autograde", ASSIGNMENT)
    nbgrader(twin, tmp_path / "home", "generate_feedback", ASSIGNMENT)

    scores = {row.student: (row.state, [item.score for item in row.items]) for row in report_on(twin, ASSIGNMENT).rows}
    assert scores == {
        row.student: (row.state, [item.score for item in row.items]) for row in report_on(course, ASSIGNMENT).rows
    }
    assert scores["solution"] == ("graded", [2, 3, 0])
    for student in CLASS:
        theirs = twin.step("feedback", student, ASSIGNMENT) / "tiny.html"
        assert theirs.read_text(encoding="utf-8") == ours[student].read_text(encoding="utf-8"), student


def test_validate_finds_what_is_not_done_and_nothing_else(course: Course, tmp_path: Path) -> None:
    answers = {"double": "def double(x):\n    return x + x", "written-why": "Because of Jensen."}
    half = put(course, "half", solved=False, **answers)
    told = nbgrader(course, tmp_path / "home", "validate", str(half))
    assert "VALIDATION FAILED ON 1 CELL(S)" in told
    assert "def points():" in told

    solved = put(course, "solved", **answers)
    told = nbgrader(course, tmp_path / "home", "validate", str(solved))
    assert "Success! Your notebook passes all the tests." in told


def test_a_release_while_formgrader_has_the_gradebook_open(course: Course) -> None:
    put(course, "solution", **{"written-why": "Because of Jensen."})
    grade(course, ASSIGNMENT)
    # formgrader opens the gradebook once and keeps it until JupyterLab ends
    with gradebook_of(course) as formgrader:
        assert formgrader.find_submission(ASSIGNMENT, "solution").score == 5
        release(course, load_source(TINY))
        formgrader.find_grade("written-why", "tiny", ASSIGNMENT, "solution").manual_score = 4
        formgrader.db.commit()
    (row,) = report_on(course, ASSIGNMENT).rows
    assert row.score == 9
