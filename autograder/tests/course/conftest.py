"""Every notebook as somebody runs and grades it who has Jupyter and nbgrader and nothing of this kit's engine."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from autograder.course.answers import answers_of, fill
from autograder.course.languages import LANGUAGES
from autograder.grading.mounts import ONE_THREAD
from autograder.course.folder import Course
from autograder.course.release import release
from autograder.course.source import Source, edition, load_source, sources_in
from nbformat import NotebookNode
from nbgrader_commands import PROGRAMS, make_plain, nbgrader, typed

SOURCES = sources_in(Path(__file__).parents[3] / "solutions")


@dataclass(frozen=True)
class Shown:
    """What becomes of one assignment; each result is there when it is asked for, or waited for."""

    source: Source
    executed: dict[str, Future[NotebookNode]]
    """The solutions after `jupyter nbconvert --execute`, by language."""
    graded: Future[Course]
    """A course in which plain nbgrader has graded the solutions and the untouched release."""


@pytest.fixture(scope="session")
def everything(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Shown]]:
    """The assignments that this session tests, as many commands side by side as there are processors."""
    base = tmp_path_factory.mktemp("course")
    home = tmp_path_factory.mktemp("home")
    # matplotlib looks for fonts once in a user's life and may say so
    typed([sys.executable, "-c", "import matplotlib.font_manager"], base, home)
    chosen = {item.callspec.params["assignment"] for item in request.session.items if isinstance(item, pytest.Function)}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {
            assignment: Shown(
                source := load_source(SOURCES[assignment]),
                {language: pool.submit(execute, source, language, base, home) for language in LANGUAGES},
                pool.submit(grade, source, base / "graded" / assignment, home),
            )
            for assignment in sorted(chosen)
        }
        pool.shutdown(cancel_futures=True)


@pytest.fixture
def shown(everything: dict[str, Shown], assignment: str) -> Shown:
    return everything[assignment]


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
