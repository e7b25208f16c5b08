"""Covers `grading.store` and `grading.runner`: which results are known after a run, and after one test has changed."""

import nbformat
from autograder.course.folder import Course
from autograder.grading.cells import plan_of
from autograder.grading.runner import STORE, Runner
from autograder.grading.store import Results
from autograder.records import Limits

LIMITS = Limits(cell_s=2, notebook_s=12)


def executed(runner: Runner, notebook: nbformat.NotebookNode) -> None:
    """Run a notebook as if it had just been taken from a submitted file."""
    notebook.metadata["autograder"] = {"content": "as handed in", "unreadable": ""}
    runner.executed(notebook)


def test_after_a_change_of_one_test_the_others_are_known(course: Course) -> None:
    path = course.root / "source" / "01-tiny" / "tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    runner = Runner(course.root, path, LIMITS)
    executed(runner, notebook)
    plan = plan_of(notebook, notebook)
    (stored,) = (course.root / STORE).glob("*.json")
    assert Results(course.root / STORE).load(stored.stem, plan).tests.keys() == {"test-double", "test-rms"}
    tests = [cell for cell in notebook.cells if cell.id == "test-double"]
    tests[0].source += "\nassert double(1) == 2"
    executed(runner, notebook)
    runner.close()
    assert list((course.root / STORE).glob("*.json")) == [stored]  # the same run, completed
    changed = plan_of(notebook, notebook)
    assert Results(course.root / STORE).load(stored.stem, changed).tests.keys() == {"test-double", "test-rms"}
    assert Results(course.root / STORE).load(stored.stem, plan).tests.keys() == {"test-rms"}
