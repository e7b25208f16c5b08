"""How nbgrader is set up for this kit. `nbgrader`, formgrader and `autograder` all read it, so they do the same.

nbgrader finds it through `etc/jupyter/nbgrader_config.py`, which this distribution installs; a course's own
`nbgrader_config.py` comes after it and may override anything.
"""

import os
import sys
import warnings
from pathlib import Path

from nbformat import NotebookNode
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

__all__ = ["ANSWER_STUB", "CODE_STUB", "LANGUAGES", "ONE_THREAD", "configure", "edition_folder", "prepare_process"]

LANGUAGES = ("en", "zh")
"""The editions of each notebook. The first one is nbgrader's release step; all have the same code cells."""

CODE_STUB = "# YOUR CODE HERE · 在此写代码\nraise NotImplementedError()"
ANSWER_STUB = "YOUR ANSWER HERE · 在此作答"


ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""Environment of processes that run side by side, so that each computes with one thread."""


def edition_folder(language: str) -> str:
    """Where the released notebooks of one language are, relative to the course.

    >>> edition_folder("zh")
    'course/zh'
    """
    return f"course/{language}"


def language_of(notebook: NotebookNode) -> str:
    """The language of the edition that a notebook was made from."""
    language: str = notebook.metadata.get("chainrule", {}).get("language", LANGUAGES[0])
    return language


def configure(c: Config) -> None:
    """Set nbgrader's options in place; everything not named here is nbgrader's default."""
    c.CourseDirectory.release_directory = edition_folder(LANGUAGES[0])
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.ClearSolutions.text_stub = ANSWER_STUB
    c.GenerateFeedback.exporter_class = "autograder.reports.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = []
    c.Autograde.exporter_class = "autograder.grading.submission.SubmissionExporter"
    # The metadata of every cell is the instructor's, checked at the release: nbgrader's CheckCellMetadata has nothing
    # to find, and takes a third of the time of entering a submission.
    c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.OverwriteCells"]
    c.Autograde.autograde_preprocessors = [
        "autograder.grading.runner.RunCells",
        "autograder.grading.scores.SaveScores",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]


def prepare_process() -> None:
    """Give this process what nbgrader takes for granted; once or many times, in our command and in nbgrader's own."""
    # nbgrader calls `alembic` by name when it makes a gradebook, so this environment's programs must be found
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([programs, os.environ.get("PATH", os.defpath)])
    # nbgrader relies on SQLAlchemy adding objects to a session later than it would like to
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
