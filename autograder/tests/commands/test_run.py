"""Covers `commands.run`, `grading.transcript` and `guest.trace`: a run against what grading makes of that file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from autograder.course.folder import Course
from autograder.grading.batch import grade
from autograder.reports.report import report_on
from classroom import ASSIGNMENT, put
from click.testing import Result

ANSWERS = {
    "double": "def double(x):\n    print('[red]', x)\n    return x * x",
    "rms": "def rms(values):\n    raise ValueError('\\x1b[31m' + str(values))",
}


@pytest.fixture
def submitted(course: Course) -> Path:
    """A submission with two wrong answers."""
    return put(course, "ada", **ANSWERS)


@pytest.fixture
def transcript(course: Course, submitted: Path, run: Callable[..., Result]) -> Callable[..., dict[str, Any]]:
    """`autograder run --json` for that submission."""

    def invoke(*options: str) -> dict[str, Any]:
        result = run("run", submitted, "--course", course.root, "--json", *options)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return invoke


def test_state_and_scores_are_those_that_grading_gives(
    course: Course, transcript: Callable[..., dict[str, Any]]
) -> None:
    shown = transcript()
    assert [row.state for row in report_on(course, ASSIGNMENT).rows] == ["not graded"]
    assert not (course.root / ".executed").exists()
    grade(course, ASSIGNMENT)
    (row,) = report_on(course, ASSIGNMENT).rows
    assert (shown["state"], shown["reason"]) == (row.state, row.reason)
    assert shown["scores"] == {item.item: item.score for item in row.items if item.item.startswith("test-")}


def test_one_test_runs_with_the_cells_above_it_and_no_other_test(transcript: Callable[..., dict[str, Any]]) -> None:
    whole, part = transcript(), transcript("--cell", "test-rms")
    assert part["scores"] == {"test-rms": whole["scores"]["test-rms"]}
    tests = [cell["id"] for cell in whole["plan"]["cells"] if cell["kind"] == "test"]
    assert tests == ["test-double", "test-rms"]
    assert part["cells"].keys() == whole["cells"].keys() - {"test-double"}


def test_messages_have_the_calls_and_what_came_back(transcript: Callable[..., dict[str, Any]]) -> None:
    (sandbox,) = transcript("--cell", "test-double")["sandboxes"]
    messages = [(direction, text) for _, direction, _, text in sandbox["messages"]]
    calls = [text for direction, text in messages if direction == "->" and "'double'" in text]
    assert calls
    assert any("[red] 2" in text for direction, text in messages if direction == "<-")
    assert [seconds for seconds, *_ in sandbox["messages"]] == sorted(seconds for seconds, *_ in sandbox["messages"])


def test_what_a_student_wrote_is_only_text_on_the_terminal(
    course: Course, submitted: Path, run: Callable[..., Result]
) -> None:
    output = run("run", submitted, "--course", course.root).output
    assert "test-double: 0 points" in output
    assert "[red] 2" in output
    assert "ValueError" in output
    assert "\x1b" not in output


def test_everything_is_kept_in_a_folder_of_the_owner(
    course: Course, submitted: Path, run: Callable[..., Result]
) -> None:
    for number in (1, 2):
        folder = course.root / ".runs" / f"tiny.{number}"
        assert f"kept in {folder}" in run("run", submitted, "--course", course.root, "--keep").output
        assert json.loads((folder / "transcript.json").read_text(encoding="utf-8"))["assignment"] == ASSIGNMENT
        assert (folder / f"{ASSIGNMENT}.ipynb").is_file()
    assert (course.root / ".runs").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--cell", "test-doubel"], "no cell of this notebook has that id"),
        (["--as", "02"], "got"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence(
    options: list[str], sentence: str, course: Course, submitted: Path, run: Callable[..., Result]
) -> None:
    result = run("run", submitted, "--course", course.root, *options)
    assert result.exit_code == 1
    assert sentence in result.output
    assert "To fix it:" in result.output


def test_a_file_that_is_no_notebook_is_said_in_a_sentence(course: Course, run: Callable[..., Result]) -> None:
    broken = put(course, "bob", text="{")
    result = run("run", broken, "--course", course.root)
    assert result.exit_code == 1
    assert "damaged or cut off in line 1" in result.output
