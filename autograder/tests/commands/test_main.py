"""What the commands print for programs, and their sentences for a course folder that cannot be used."""

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from autograder.commands.main import SUBCOMMANDS, main
from autograder.course.folder import Course
from classroom import put
from click.testing import Result


def test_json_for_programs(course: Course, run: Callable[..., Result]) -> None:
    put(course, "ada")
    outcomes = json.loads(run("grade", "01", "--json", "--course", course.root).output)
    assert [(each["student"], each["fresh"], each["execution"]["state"]) for each in outcomes] == [
        ("ada", True, "graded")
    ]
    report = json.loads(run("report", "01", "--json", "--course", course.root).output)
    assert report["submissions"][0]["score"] == 5
    assert report["submissions"][0]["to_mark"] == 4


@pytest.mark.parametrize("command", ["grade", "feedback", "report"])
def test_a_folder_without_gradebook(command: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    result = run(command, "01", "--course", tmp_path)
    assert result.exit_code == 1
    assert "this course folder has no gradebook" in result.output
    assert "autograder release" in result.output
    assert not list(tmp_path.iterdir())


def test_a_gradebook_that_is_none(course: Course, run: Callable[..., Result]) -> None:
    course.gradebook_path.write_bytes(b"not a database" * 100)
    result = run("report", "01", "--course", course.root)
    assert result.exit_code == 1
    assert "the gradebook cannot be used" in result.output


def test_unknown_students_are_named(course: Course, run: Callable[..., Result]) -> None:
    put(course, "ada")
    result = run("grade", "01", "adda", "--course", course.root)
    assert result.exit_code == 1
    assert "got adda, expected some of ada" in result.output


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_the_line_of_help_is_how_the_command_describes_itself(name: str) -> None:
    """The group knows the lines by heart, so that `--help` imports no command."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert " ".join((command.help or "").split()).startswith(SUBCOMMANDS[name].removesuffix("."))
