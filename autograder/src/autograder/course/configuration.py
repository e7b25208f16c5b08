"""How nbgrader is set up for this kit. `nbgrader`, formgrader and `autograder` all read it, so they do the same.

nbgrader finds it through `etc/jupyter/nbgrader_config.py`, which this distribution installs; a course's own
`nbgrader_config.py` comes after it and may override anything.
"""

import os
import sys
import warnings
from pathlib import Path

from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder.course.languages import LANGUAGES, edition_folder

__all__ = ["ANSWER_STUB", "CODE_STUB", "configure", "prepare_process"]

CODE_STUB = "# YOUR CODE HERE · 在此写代码\nraise NotImplementedError()"
ANSWER_STUB = "YOUR ANSWER HERE · 在此作答"


def configure(c: Config) -> None:
    """Set nbgrader's options in place; everything not named here is nbgrader's default."""
    c.CourseDirectory.release_directory = edition_folder(LANGUAGES[0])
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.ClearSolutions.text_stub = ANSWER_STUB
    c.GenerateFeedback.exporter_class = "autograder.reports.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = []
    c.Autograde.exporter_class = "autograder.grading.nbgrader_steps.SubmissionExporter"
    # The metadata of every cell is the instructor's, checked at the release: nbgrader's CheckCellMetadata has nothing
    # to find, and takes a third of the time of entering a submission.
    c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.OverwriteCells"]
    c.Autograde.autograde_preprocessors = [
        "autograder.grading.nbgrader_steps.RunCells",
        "autograder.grading.nbgrader_steps.SaveScores",
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
