"""nbgrader's own commands, as somebody types them in a course folder, with the kit's configuration or without."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.course.source import Source
from nbformat import NotebookNode

__all__ = ["AUTOGRADE", "PROGRAMS", "Scores", "autograded", "make_plain", "nbgrader", "scores", "trapped", "typed"]

PROGRAMS = Path(sys.executable).parent
"""Where this environment's programs are."""
AUTOGRADE = (str(PROGRAMS / "nbgrader"), "autograde")

PLAIN = """\
from nbgrader.converters import Autograde

c = get_config()
own = Autograde.class_traits()
c.Autograde.exporter_class = own["exporter_class"].default_value
c.Autograde.sanitize_preprocessors = own["sanitize_preprocessors"].default()
c.Autograde.autograde_preprocessors = own["autograde_preprocessors"].default()
"""

Scores = dict[tuple[str, str], float | None]


def make_plain(course: Course) -> None:
    """Let nbgrader autograde this course with its own exporter and preprocessors: one kernel, no sandbox."""
    (course.root / "nbgrader_config.py").write_text(PLAIN, encoding="utf-8")


def nbgrader(course: Course, home: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """What an `nbgrader` command says; by its path, in a shell that knows nothing of this environment."""
    return typed([str(PROGRAMS / "nbgrader"), *arguments], course.root, home, environment)


def typed(command: Sequence[str], folder: Path, home: Path, environment: Mapping[str, str] | None = None) -> str:
    """What a command says in `folder`, of a user with an empty home and no settings; it must end well.

    `environment` comes on top of that user's.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env={
            "HOME": str(home),
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "LANG": "C.UTF-8",
            "PATH": os.defpath,
        }
        | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def scores(course: Course, assignment: str) -> Scores:
    """The automatic score of each item of each student in a course's gradebook; None where a person has to mark."""
    with gradebook_of(course) as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def trapped(course: Course, source: Source) -> set[tuple[str, str]]:
    """Items whose cell printed to stderr in plain nbgrader, a warning of NumPy for instance: it takes the points."""
    return {
        (student, cell.metadata.nbgrader.grade_id)
        for student in course.submissions(source.assignment)
        for cell in autograded(course, source, student).cells
        if cell.cell_type == "code"
        and cell.metadata.get("nbgrader", {}).get("grade")
        and any(output.output_type == "stream" and output.name == "stderr" for output in cell.outputs)
    }


def autograded(course: Course, source: Source, student: str) -> NotebookNode:
    """A submission as `nbgrader autograde` has left it."""
    return nbformat.read(course.step("autograded", student, source.assignment) / f"{source.name}.ipynb", as_version=4)
