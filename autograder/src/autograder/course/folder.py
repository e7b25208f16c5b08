"""A working course: the folder in which nbgrader's steps, the gradebook and the released notebooks live."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import DatabaseError
from traitlets.config import Config

from autograder.course.configuration import LANGUAGES, configure, edition_folder, prepare_process
from autograder.errors import CourseError, EngineError
from autograder.records import Execution, ItemScore

__all__ = ["Course", "saved_scores"]


@dataclass(frozen=True)
class Course:
    """Paths of one course folder, and nbgrader set up for it."""

    root: Path

    def __post_init__(self) -> None:
        # nbgrader changes the working directory while it works
        object.__setattr__(self, "root", self.root.absolute())
        prepare_process()
        # nbgrader's own log lines go to those who ask for them, not to the terminal
        logging.getLogger("traitlets").addHandler(logging.NullHandler())

    @property
    def gradebook_path(self) -> Path:
        """nbgrader's database."""
        return self.root / "gradebook.db"

    def released(self, assignment: str, language: str = LANGUAGES[0]) -> Path:
        """Folder of an assignment's released notebook in one language."""
        return self.root / edition_folder(language) / assignment

    def step(self, name: str, student: str, assignment: str) -> Path:
        """Folder of one of nbgrader's steps: "submitted", "autograded", "feedback"."""
        return self.root / name / student / assignment

    def settings(self, **changes: dict[str, Any]) -> Config:
        """The kit's configuration with the course's own on top, as nbgrader's programs read it.

        `changes` are options by class, which come last.
        """
        app = NbGrader(config=Config())
        with contextlib.chdir(self.root):
            app.load_config_file()
        config = Config()
        configure(config)
        config.merge(app.config)
        config.CourseDirectory.root = str(self.root)
        config.merge(Config(changes))
        return config

    def api(self, **changes: dict[str, Any]) -> NbGraderAPI:
        """What nbgrader's own programs call, for this course, with `changes` to its settings."""
        config = self.settings(**changes)
        return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """The open gradebook.

        Raises:
            CourseError: this folder has none yet.
            EngineError: it is there and cannot be used.
        """
        if not self.gradebook_path.is_file():
            raise CourseError(
                "this course folder has no gradebook",
                got=str(self.root),
                expected="a folder with gradebook.db in it",
                fix="stand in the course folder or name it with --course; `autograder release` makes its gradebook",
            )
        try:
            with Gradebook(f"sqlite:///{self.gradebook_path}") as gradebook:
                yield gradebook
        except DatabaseError as error:
            raise EngineError(
                "the gradebook cannot be used",
                got=f"{error.orig} from {self.gradebook_path}",
                expected="a database made by `autograder release`",
                fix="free some disk space or put back a copy of the file; nothing was changed",
            ) from error

    def assignments(self) -> list[str]:
        """Names of the released assignments, in order."""
        with self.gradebook() as gradebook:
            return sorted(assignment.name for assignment in gradebook.assignments)

    def find_assignment(self, notebook: str) -> str:
        """The released assignment that "01-regression", "01" or "regression" names.

        Raises:
            CourseError: no released assignment goes by that name.
        """
        known = self.assignments()
        matches = [name for name in known if notebook == name or notebook in name.split("-", 1)]
        if len(matches) == 1:
            return matches[0]
        raise CourseError(
            "no released notebook goes by that name",
            got=repr(notebook),
            expected=f"one of {', '.join(known)}" if known else "a released notebook",
            fix=f"use one of these names, or release it first: autograder release {notebook}",
        )

    def notebook_name(self, assignment: str) -> str:
        """Name of the one notebook of a released assignment: "regression"."""
        with self.gradebook() as gradebook:
            (notebook,) = gradebook.find_assignment(assignment).notebooks
            return str(notebook.name)

    def execution(self, student: str, assignment: str, notebook: str) -> Execution | None:
        """The record of a submission's last run; None if there was none, or nbgrader alone has run it."""
        autograded = self.step("autograded", student, assignment) / f"{notebook}.ipynb"
        try:
            return Execution.from_json(nbformat.read(autograded, as_version=4).metadata["autograder"])
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def submissions(self, assignment: str) -> dict[str, Path]:
        """Folder of each student's submission, by student, in order."""
        found = sorted((self.root / "submitted").glob(f"*/{assignment}/"))
        return {folder.parent.name: folder for folder in found}


def saved_scores(gradebook: Gradebook, notebook: str, assignment: str, student: str) -> dict[str, ItemScore]:
    """What the gradebook holds for each graded cell of a submission, manual scores included; empty if it knows none."""
    try:
        submitted = gradebook.find_submission_notebook(notebook, assignment, student)
    except MissingEntry:
        return {}
    return {
        grade.name: ItemScore(grade.name, grade.score or 0.0, grade.max_score, bool(grade.needs_manual_grade))
        for grade in submitted.grades
    }
