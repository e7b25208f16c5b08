"""A course folder: where the released notebooks, the submissions, the gradebook and the pages are.

Nothing here imports nbgrader or nbformat, which take seconds to import: notebooks are read as the JSON that they are.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.languages import LANGUAGES, edition_folder
from autograder.errors import CourseError
from autograder.records import Execution

__all__ = ["Course"]


@dataclass(frozen=True)
class Course:
    """The paths of one course, and what its files say without a gradebook."""

    root: Path

    def __post_init__(self) -> None:
        # nbgrader changes the working directory while it works
        object.__setattr__(self, "root", self.root.absolute())

    @property
    def gradebook_path(self) -> Path:
        """nbgrader's database."""
        return self.root / "gradebook.db"

    def released(self, assignment: str, language: str = LANGUAGES[0]) -> Path:
        """Folder of an assignment's released notebook in one language."""
        return self.root / edition_folder(language) / assignment

    def source(self, assignment: str, notebook: str) -> Path:
        """The instructor's notebook, with solutions and hidden tests, as the release left it for grading."""
        return self.root / "source" / assignment / f"{notebook}.ipynb"

    def step(self, name: str, student: str, assignment: str) -> Path:
        """Folder of one of nbgrader's steps: "submitted", "autograded", "feedback"."""
        return self.root / name / student / assignment

    def submissions(self, assignment: str) -> dict[str, Path]:
        """Folder of each student's submission, by student, in order."""
        folders = sorted((self.root / "submitted").glob(f"*/{assignment}/"))
        return {folder.parent.name: folder for folder in folders}

    def graded_cells(self, assignment: str, notebook: str) -> list[dict[str, Any]]:
        """nbgrader's metadata of each graded cell of the instructor's notebook, in its order.

        Raises:
            CourseError: the course folder lacks the notebook.
        """
        path = self.source(assignment, notebook)
        try:
            cells = json.loads(path.read_bytes())["cells"]
        except (OSError, ValueError, KeyError) as error:
            raise CourseError(
                f"the instructor's notebook of {assignment} cannot be read",
                got=f"{path}: {error}",
                expected="the notebook that `autograder release` leaves there",
                fix=f"release it again: autograder release {assignment}",
            ) from error
        settings = [cell["metadata"].get("nbgrader", {}) for cell in cells]
        return [nbgrader for nbgrader in settings if nbgrader.get("grade")]

    def execution(self, student: str, assignment: str, notebook: str) -> Execution | None:
        """The record of a submission's last run; None if there was none, or nbgrader alone has run it."""
        autograded = self.step("autograded", student, assignment) / f"{notebook}.ipynb"
        try:
            return Execution.from_json(json.loads(autograded.read_bytes())["metadata"]["autograder"])
        except (OSError, ValueError, TypeError, KeyError):
            return None
