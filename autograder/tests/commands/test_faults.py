"""Covers `log`, `commands.main`: a fault planted in each stage ends in one sentence, and its traceback is in the log.

The sentence is what the command prints; the traceback must name the error that was planted, be in a file that only its
owner can read, and be nowhere else: not on the terminal, not in a page, not in anything that a student gets.
"""

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from autograder.course import collect, release
from autograder.course.folder import Course
from autograder.grading import mounts, nbgrader_steps, runner
from autograder.log import LOG
from autograder.marks import export
from autograder.reports import feedback, report
from classroom import put
from click.testing import Result
from folders import TINY

from autograder import guest

PLANTED = "planted in a test"
SOLUTIONS = TINY.parents[1]

STAGES = {
    "release": (release, "edition", ["release", "01", "--solutions", SOLUTIONS]),
    "collect": (collect, "open_archive", ["collect", "01", "{root}"]),
    "the canonical notebook": (nbgrader_steps, "canonical_notebook", ["grade", "01"]),
    "the plan": (runner, "plan_of", ["grade", "01"]),
    "what a sandbox sees": (mounts, "interpreter_binds", ["grade", "01"]),
    "the state of a run": (runner, "state_of", ["grade", "01"]),
    "entering scores": (nbgrader_steps, "score_of", ["grade", "01"]),
    "report": (report, "_bars", ["report", "01"]),
    "export": (export, "_lines", ["export", "--to", "{root}/grades.csv"]),
}
"""Module, the function in it that fails, and the command that comes to it."""

INSIDE = {
    "the supervisor": ("supervisor.py", "class Supervisor"),
    "the first worker": ("session.py", "class Session"),
    "the test runner's start": ("test_runner.py", "def main"),
    "the test runner's work": ("notebook_run.py", "    def run_tests"),
}
"""Programs of the sandboxes: a file of `guest`, and the definition in which the first statement fails."""


def fail(*_: object, **__: object) -> None:
    raise RuntimeError(PLANTED)


def arguments(words: list[object], course: Course) -> list[object]:
    filled = [str(word).format(root=course.root) for word in words]
    return [*filled, "--course", course.root]


def assert_told(result: Result, course: Course) -> None:
    """One sentence for the instructor, the traceback in the log, and nowhere else."""
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert PLANTED in result.output
    path = course.root / LOG
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    log = path.read_text(encoding="utf-8")
    assert "Traceback (most recent call last)" in log
    assert f"RuntimeError: {PLANTED}" in log
    others = [file for file in course.root.rglob("*") if file.is_file() and file.name != LOG]
    assert others
    assert [file for file in others if b"Traceback (most" in file.read_bytes()] == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_fault_ends_in_a_sentence_and_its_traceback_is_in_the_log(
    stage: str, course: Course, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(course, "ada")
    module, function, words = STAGES[stage]
    monkeypatch.setattr(module, function, fail)
    assert_told(run(*arguments(words, course)), course)


def test_a_fault_in_a_feedback_page(
    course: Course, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(course, "ada")
    assert run(*arguments(["grade", "01"], course)).exit_code == 0
    monkeypatch.setattr(feedback, "_sections", fail)
    assert_told(run(*arguments(["feedback", "01"], course)), course)


@pytest.mark.parametrize("program", INSIDE)
def test_a_fault_inside_a_sandbox(
    program: str, course: Course, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(course, "ada")
    copy = tmp_path / "guest"
    shutil.copytree(Path(guest.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (copy, *copy.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    name, definition = INSIDE[program]
    before, found, after = (copy / name).read_text(encoding="utf-8").partition(definition)
    assert found
    head, colon, body = after.partition(":\n")
    indent = "    " * (1 + definition.count("    "))
    broken = f'{indent}raise RuntimeError("{PLANTED}")\n'
    (copy / name).write_text(f"{before}{definition}{head}{colon}{broken}{body}", encoding="utf-8")
    monkeypatch.setattr(guest, "__file__", str(copy / "__init__.py"))
    assert_told(run(*arguments(["grade", "01"], course)), course)


def test_an_error_of_a_test_itself_is_in_the_log_with_its_line(course: Course, run: Callable[..., Result]) -> None:
    """`rms` gives a text where the test subtracts: Python's TypeError comes from the test's own line."""
    put(course, "ada", rms="def rms(values):\n    return 'a text'")
    assert run(*arguments(["grade", "01"], course)).exit_code == 0
    log = (course.root / LOG).read_text(encoding="utf-8")
    assert "test-rms ended with an error of the test itself" in log
    assert "visible = abs(rms([3, 4]) - math.sqrt(12.5)) < 1e-9" in log
    assert "TypeError" in log
    assert " ada " in log.partition("test-rms")[0].splitlines()[-1]


def test_what_a_student_writes_is_escaped_and_cannot_pass_for_an_entry(
    course: Course, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(course, "ada")
    forged = "\x1b[2J\n2026-01-01T00:00:00.000+00:00 INFO    - autograder: all is well"

    def fail_with_text(*_: object) -> None:
        raise RuntimeError(forged)

    monkeypatch.setattr(runner, "plan_of", fail_with_text)
    result = run(*arguments(["grade", "01"], course))
    assert "\x1b" not in result.output
    assert "\\x1b[2J" in result.output  # written as text: click by itself would drop it, off a terminal
    log = (course.root / LOG).read_text(encoding="utf-8")
    assert "\\x1b[2J" in log
    assert "all is well" in log
    assert not [line for line in log.splitlines() if "all is well" in line and not line.startswith("    ")]


def test_verbose_shows_the_log_on_standard_error(course: Course, run: Callable[..., Result]) -> None:
    put(course, "ada")
    quiet = run(*arguments(["grade", "01", "--force"], course))
    told = run(*arguments(["grade", "01", "--force", "--verbose"], course))
    assert "tier" not in quiet.stderr
    assert "graded, " in told.stderr
    assert quiet.stdout.split(" in ")[0] == told.stdout.split(" in ")[0]
