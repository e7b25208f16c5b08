"""nbgrader's own programs, called for a course: release, autograde, feedback, and the gradebook for writing."""

import contextlib
import errno
import logging
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course.configuration import configure, prepare_process
from autograder.course.folder import Course
from autograder.course.gradebook import explained, require_gradebook

__all__ = ["NbGraderAPI", "failure_of", "gradebook_of", "nbgrader_api", "settings_of"]

prepare_process()
# nbgrader's log lines go to those who ask for them, not to the terminal
logging.getLogger("traitlets").addHandler(logging.NullHandler())


def settings_of(course: Course, **changes: dict[str, Any]) -> Config:
    """The kit's configuration with the course's own on top, as nbgrader's programs read it.

    `changes` are options by class, which come last.
    """
    app = NbGrader(config=Config())
    with contextlib.chdir(course.root):
        app.load_config_file()
    config = Config()
    configure(config)
    config.merge(app.config)
    config.CourseDirectory.root = str(course.root)
    config.merge(Config(changes))
    return config


def nbgrader_api(course: Course, **changes: dict[str, Any]) -> NbGraderAPI:
    """What nbgrader's own programs call, for this course, with `changes` to its settings."""
    config = settings_of(course, **changes)
    return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)


def failure_of(outcome: Mapping[str, Any]) -> tuple[str, str]:
    """What nbgrader logged of a call that failed, and the line of it that names the cause.

    Raises:
        OSError: the disk is full.
    """
    log = outcome.get("log", "") + outcome["error"]
    if "disk is full" in log or "No space left" in log:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    # the first error is the cause: nbgrader raises another one on top of it, which says "see above"
    causes = [line.strip() for line in log.splitlines() if re.match(r" *(\w+\.)*\w+(Error|Exception|Failure): ", line)]
    return log, causes[0] if causes else log.strip().splitlines()[-1]


@contextlib.contextmanager
def gradebook_of(course: Course) -> Iterator[Gradebook]:
    """The open gradebook, as nbgrader's own object.

    Raises:
        CourseError: this folder has none yet.
        EngineError: it is there and cannot be used.
    """
    require_gradebook(course)
    with explained(course), Gradebook(f"sqlite:///{course.gradebook_path}") as gradebook:
        yield gradebook
