"""A small course that is released once; each test works on a copy of its own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from autograder.commands.main import main
from autograder.course.folder import Course
from autograder.course.release import release
from autograder.course.source import load_source
from click.testing import CliRunner, Result
from folders import TINY

collect_ignore_glob = ["fixtures/*"]  # notebook sources, not modules


@pytest.fixture
def tiny() -> Path:
    """Path of the small source."""
    return TINY


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("released")
    release(Course(root), load_source(TINY))
    return root


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Course:
    """A course folder in which the small notebook is released, and nothing else has happened."""
    root = tmp_path / "course-folder"
    shutil.copytree(released, root)
    return Course(root)


@pytest.fixture
def run() -> Callable[..., Result]:
    """The `autograder` command, in this process."""

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return invoke
