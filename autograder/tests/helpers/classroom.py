"""Submissions to the small course that the tests use."""

from pathlib import Path

import nbformat
from autograder.course.answers import answers_of, fill
from autograder.course.folder import Course

ASSIGNMENT = "01-tiny"


def put(
    course: Course,
    student: str,
    *,
    language: str = "en",
    solved: bool = True,
    text: str | None = None,
    **answers: str,
) -> Path:
    """Put a submission into submitted/: the release with the given answers, or `text` instead of a notebook."""
    solutions = answers_of(nbformat.read(course.root / "source" / ASSIGNMENT / "tiny.ipynb", as_version=4))
    notebook = nbformat.read(course.released(ASSIGNMENT, language) / "tiny.ipynb", as_version=4)
    path = course.step("submitted", student, ASSIGNMENT) / "tiny.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    given = (solutions if solved else {}) | answers
    path.write_text(nbformat.writes(fill(notebook, given)) if text is None else text, encoding="utf-8")
    return path
