"""Every notebook as somebody runs and grades it who has Jupyter and nbgrader and nothing of this kit's engine."""

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import nbformat
from autograder.course.answers import answers_of, fill
from autograder.course.folder import Course
from autograder.course.languages import LANGUAGES
from autograder.course.release import release
from autograder.course.source import Source, edition, sources_in
from autograder.grading.mounts import ONE_THREAD
from folders import SOLUTIONS
from nbformat import NotebookNode
from nbgrader_commands import PROGRAMS, make_plain, nbgrader, typed

__all__ = ["SOURCES", "Shown", "execute", "grade"]

SOURCES = sources_in(SOLUTIONS)


@dataclass(frozen=True)
class Shown:
    """What becomes of one assignment; each result is there when it is asked for, or waited for."""

    source: Source
    executed: dict[str, Future[NotebookNode]]
    """The solutions after `jupyter nbconvert --execute`, by language."""
    graded: Future[Course]
    """A course in which plain nbgrader has graded the solutions and the untouched release."""


def execute(source: Source, language: str, base: Path, home: Path) -> NotebookNode:
    """The instructor's notebook in one language, run by nbconvert in a folder like that of the course."""
    folder = base / language / source.assignment
    folder.mkdir(parents=True)
    nbformat.write(edition(source, language), folder / f"{source.name}.ipynb")
    command = [str(PROGRAMS / "jupyter"), "nbconvert", "--to=notebook", "--execute", f"{source.name}.ipynb"]
    typed([*command, "--output=executed"], folder, home, ONE_THREAD)
    return nbformat.read(folder / "executed.ipynb", as_version=4)


def grade(source: Source, folder: Path, home: Path) -> Course:
    """The solutions and the untouched release, handed in and graded by plain nbgrader in a new course folder."""
    course = Course(folder)
    release(course, source)
    make_plain(course)
    name = f"{source.name}.ipynb"
    released = nbformat.read(course.released(source.assignment) / name, as_version=4)
    for student, answers in (("solution", answers_of(edition(source, LANGUAGES[0]))), ("untouched", {})):
        submitted = course.step("submitted", student, source.assignment)
        submitted.mkdir(parents=True)
        nbformat.write(fill(released, answers), submitted / name)
    nbgrader(course, home, "autograde", source.assignment, environment=ONE_THREAD)
    return course
