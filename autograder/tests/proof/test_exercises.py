"""Covers `proof.exercises`: which test judges which exercise, and what cannot be proved."""

import pytest
from autograder.errors import SourceError
from autograder.proof.exercises import exercises_of
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

SOLUTION = {"solution": True, "grade": False, "locked": False}
TEST = {"solution": False, "grade": True, "locked": True, "points": 2}
F = ("f", SOLUTION, "def f(x): return x")


def notebook(*cells: tuple[str, dict[str, object], str]) -> NotebookNode:
    return new_notebook(
        cells=[
            new_code_cell(source, id=name, metadata={"nbgrader": settings} if settings else {})
            for name, settings, source in cells
        ]
    )


def test_a_test_judges_the_exercise_of_its_name_or_the_one_before() -> None:
    cells = [F, ("f_prime", SOLUTION, "x = 1"), ("test-f", TEST, "1"), ("test-f-more", TEST, "1"), ("odd", TEST, "1")]
    exercises = exercises_of(notebook(*cells, ("test-f_prime", TEST, "1")))
    assert exercises.judged == {"test-f": "f", "test-f-more": "f", "odd": "f_prime", "test-f_prime": "f_prime"}
    assert exercises.names == ("f", "f_prime")
    assert [exercises.max_points(name) for name in exercises.names] == [4.0, 4.0]
    assert [cell.id for cell in exercises.solutions] == ["f", "f_prime"]


def test_a_test_before_all_exercises_is_named() -> None:
    with pytest.raises(SourceError, match="test-f comes before any solution"):
        exercises_of(notebook(("test-f", TEST, "1")))


def test_a_graded_cell_that_does_not_compile_is_named() -> None:
    with pytest.raises(SourceError, match="the cell f does not compile"):
        exercises_of(notebook(("f", SOLUTION, "def f(x) return x")))
