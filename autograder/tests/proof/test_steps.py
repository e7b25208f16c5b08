"""What must run to judge an exercise, and which test judges which exercise."""

import pytest
from autograder.errors import SourceError
from autograder.proof.steps import exercises_of, steps_of
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

SOLUTION = {"solution": True, "grade": False, "locked": False}
LOCKED = {"solution": False, "grade": False, "locked": True}
TEST = {"solution": False, "grade": True, "locked": True, "points": 2}


def notebook(*cells: tuple[str, dict[str, object], str]) -> NotebookNode:
    return new_notebook(
        cells=[
            new_code_cell(source, id=name, metadata={"nbgrader": settings} if settings else {})
            for name, settings, source in cells
        ]
    )


def needed(*cells: tuple[str, dict[str, object], str]) -> set[str]:
    return {step.identifier for step in steps_of(notebook(*cells)) if step.needed}


F = ("f", SOLUTION, "def f(x): return x")
PLAIN = {
    "read by a test": ("a = 1", "f(a)", True),
    "read in a function of the test": ("a = 1", "def g(): return [a for _ in 'x']\ng()", True),
    "bound again before it is read": ("a = 1", "a = 2\nf(a)", False),
    "read before it is bound again": ("a = 1", "a = f(a)", True),
    "read by nobody": ("a = 1", "f(3)", False),
    "an import": ("import math", "math.pi", True),
    "a function that draws": ("def draw(): f(1)", "f(2)", False),
    "a name local to a function": ("a = 1", "def g(a): return a\ng(1)", False),
    "a magic": ("%matplotlib inline", "f(1)", False),
}


@pytest.mark.parametrize("case", PLAIN)
def test_a_plain_cell_runs_only_if_it_is_needed(case: str) -> None:
    cell, test, runs = PLAIN[case]
    assert needed(("plain", {}, cell), F, ("test-f", TEST, test)) == ({"plain", "f"} if runs else {"f"})


def test_needs_of_needs() -> None:
    cells = [("one", {}, "a = 1"), ("two", {}, "b = a"), ("three", {}, "c = a"), ("help", LOCKED, "d = b")]
    assert needed(*cells, F, ("test-f", TEST, "f(1)")) == {"one", "two", "help", "f"}


def test_a_test_runs_for_others_only_if_they_read_its_names() -> None:
    first = [F, ("test-f", TEST, "def oracle(x): return x\nf(1)"), ("g", SOLUTION, "def g(x): return x")]
    assert needed(*first, ("test-g", TEST, "oracle(1)")) == {"f", "test-f", "g"}
    assert needed(*first, ("test-g", TEST, "g(1)")) == {"f", "g"}


def test_a_test_judges_the_exercise_of_its_name_or_the_one_before() -> None:
    cells = [F, ("f_prime", SOLUTION, "x = 1"), ("test-f", TEST, "1"), ("test-f-more", TEST, "1"), ("odd", TEST, "1")]
    steps = steps_of(notebook(*cells, ("test-f_prime", TEST, "1")))
    assert [step.exercise for step in steps] == ["", "", "f", "f", "f_prime", "f_prime"]
    assert exercises_of(steps) == {"f": 4.0, "f_prime": 4.0}


def test_a_test_before_all_exercises_is_named() -> None:
    with pytest.raises(SourceError, match="test-f comes before any solution"):
        steps_of(notebook(("test-f", TEST, "1")))


def test_a_graded_cell_that_does_not_compile_is_named() -> None:
    with pytest.raises(SourceError, match="the cell f does not compile"):
        steps_of(notebook(("f", SOLUTION, "def f(x) return x")))
