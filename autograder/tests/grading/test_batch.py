"""Each kind of submission ends with the points that were counted by hand, and none stops the others."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.course.release import release
from autograder.course.source import load_source
from autograder.grading.batch import grade
from autograder.records import Change, Limits
from autograder.reports.report import report_on
from classroom import put
from click.testing import Result

LOOP = "def double(x):\n    while True:\n        pass"
STUBBORN = """\
def double(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass"""

KILLER = """\
import os, signal
def rms(values):
    os.kill(os.getppid(), signal.SIGKILL)
    while True:
        pass"""

CLASS: dict[str, tuple[dict[str, object], list[float], str, str]] = {
    # answers, points for double, rms and the question, state, what the reason says
    "solution": ({}, [2, 3, 0], "graded", ""),
    "untouched": ({"solved": False}, [0, 0, 0], "graded", ""),
    "chinese": ({"language": "zh"}, [2, 3, 0], "graded", ""),
    "half": ({"solved": False, "double": "def double(x):\n    return x + x"}, [2, 0, 0], "graded", ""),
    "wrong": ({"double": "def double(x):\n    return x * x"}, [0, 1.5, 0], "graded", ""),
    "visible-only": ({"rms": "def rms(v):\n    return 12.5 ** 0.5"}, [2, 1.5, 0], "graded", ""),
    "raises": ({"double": "raise SystemError('no')"}, [0, 0, 0], "graded", ""),
    "warns": ({"double": "import sys\ndef double(x):\n    print('hm', file=sys.stderr)\n    return 2 * x"}, [2, 3, 0], "graded", ""),
    "shouts": ({"double": "def double(x):\n    print('x' * 10**7)\n    return 2 * x"}, [2, 3, 0], "graded", ""),
    "loop": ({"double": LOOP}, [0, 0, 0], "time limit", "longer than 2 s in test-double, test-rms"),
    "stubborn": ({"double": STUBBORN}, [0, 0, 0], "time limit", "s "),
    "dies": ({"rms": "import os\nos._exit(1)"}, [2, 0, 0], "crashed", "its process ended itself in rms"),
    "kills": ({"rms": KILLER}, [2, 0, 0], "crashed", "it ended the whole sandbox in test-rms"),
    "broken": ({"text": '{"cells": ['}, [0, 0, 0], "unreadable", "damaged or cut off in line 1"),
}  # fmt: skip

LIMITS = Limits(cell_s=2, notebook_s=12)


@pytest.fixture(scope="module")
def graded(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class above, graded once."""
    root = tmp_path_factory.mktemp("graded") / "course-folder"
    shutil.copytree(released, root)
    course = Course(root)
    for student, (answers, *_) in CLASS.items():
        put(course, student, **answers)
    grade(course, "01-tiny", limits=LIMITS)
    return course


@pytest.mark.parametrize("student", CLASS)
def test_everybody_gets_what_the_answers_deserve(student: str, graded: Course) -> None:
    _, points, state, reason = CLASS[student]
    (row,) = [row for row in report_on(graded, "01-tiny").rows if row.student == student]
    assert [item.score for item in row.items] == points
    assert row.state == state
    assert reason in row.reason
    assert bool(row.reason) == (state != "graded")


def test_a_written_answer_waits_for_a_person_unless_it_is_empty(graded: Course) -> None:
    waiting = {row.student for row in report_on(graded, "01-tiny").rows if row.to_mark}
    assert waiting == CLASS.keys() - {"untouched", "half", "broken"}


def test_output_is_kept_within_its_limit(graded: Course) -> None:
    path = graded.step("autograded", "shouts", "01-tiny") / "tiny.ipynb"
    assert path.stat().st_size < LIMITS.output_kib * 1024 * 4


def test_nothing_of_a_hidden_test_is_in_the_feedback(graded: Course, run: Callable[..., Result]) -> None:
    result = run("feedback", "01", "--course", graded.root)
    assert result.output.startswith(f"01-tiny: {len(CLASS)} pages")
    for student in CLASS:
        page = (graded.step("feedback", student, "01-tiny") / "tiny.html").read_text(encoding="utf-8")
        assert "-3.5" not in page, student
        assert "rms([0, 0])" not in page, student


def test_who_handed_in_chinese_reads_chinese(graded: Course) -> None:
    notebook = nbformat.read(graded.step("autograded", "chinese", "01-tiny") / "tiny.ipynb", as_version=4)
    assert "# 小练习" in notebook.cells[0].source


def scores(course: Course) -> dict[str, list[float]]:
    return {row.student: [item.score for item in row.items] for row in report_on(course, "01-tiny").rows}


def test_only_what_has_changed_runs_again(course: Course) -> None:
    put(course, "ada")
    put(course, "bob", solved=False)
    assert all(outcome.fresh for outcome in grade(course, "01-tiny", limits=LIMITS))
    assert not any(outcome.fresh for outcome in grade(course, "01-tiny", limits=LIMITS))
    put(course, "bob", solved=False, double="def double(x):\n    return x + x")
    again = grade(course, "01-tiny", limits=LIMITS)
    assert [outcome.student for outcome in again if outcome.fresh] == ["bob"]
    assert scores(course) == {"ada": [2, 3, 0], "bob": [2, 0, 0]}


def test_other_limits_run_everybody_again(course: Course) -> None:
    put(course, "ada")
    assert [outcome.fresh for outcome in grade(course, "01-tiny", limits=LIMITS)] == [True]
    assert [outcome.fresh for outcome in grade(course, "01-tiny", limits=LIMITS)] == [False]
    assert [outcome.fresh for outcome in grade(course, "01-tiny", limits=replace(LIMITS, cell_s=3))] == [True]


def test_a_file_that_was_only_run_and_saved_again_is_not_graded_again(course: Course) -> None:
    path = put(course, "ada")
    grade(course, "01-tiny", limits=LIMITS)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = 1, [nbformat.v4.new_output("stream", text="again")]
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    assert [outcome.fresh for outcome in grade(course, "01-tiny", limits=LIMITS)] == [False]


def test_a_changed_test_runs_everybody_again(course: Course, tiny: Path, tmp_path: Path) -> None:
    put(course, "ada", double="def double(x):\n    return x * x")
    grade(course, "01-tiny", limits=LIMITS)
    assert scores(course)["ada"][0] == 0  # the hidden test is -3.5
    folder = tmp_path / "solutions" / "01-tiny"
    folder.mkdir(parents=True)
    easier = tiny.read_text(encoding="utf-8").replace("double(-3.5) == -7", "double(0) == 0")
    (folder / "tiny.py").write_text(easier, encoding="utf-8")
    release(course, load_source(folder / "tiny.py"))
    assert [outcome.fresh for outcome in grade(course, "01-tiny", limits=LIMITS)] == [True]
    assert scores(course)["ada"][0] == 2


def test_a_score_that_changes_is_shown_first_and_can_be_declined(course: Course, tiny: Path, tmp_path: Path) -> None:
    put(course, "ada", double="def double(x):\n    return x * x")
    put(course, "bob")
    grade(course, "01-tiny", limits=LIMITS)
    folder = tmp_path / "solutions" / "01-tiny"
    folder.mkdir(parents=True)
    easier = tiny.read_text(encoding="utf-8").replace("double(-3.5) == -7", "double(0) == 0")
    (folder / "tiny.py").write_text(easier, encoding="utf-8")
    release(course, load_source(folder / "tiny.py"))
    asked: list[list[Change]] = []

    def decline(changes: list[Change]) -> bool:
        asked.append(changes)
        return False

    outcomes = grade(course, "01-tiny", limits=LIMITS, approve=decline)
    assert asked == [[Change("ada", "test-double", 0, 2)]]
    assert {outcome.student: outcome.execution.state for outcome in outcomes} == {"ada": "not graded", "bob": "graded"}
    assert scores(course)["ada"][0] == 0
    grade(course, "01-tiny", limits=LIMITS)
    assert scores(course)["ada"][0] == 2


def test_an_interrupted_run_goes_on_where_it_stopped(course: Course) -> None:
    for student in ("ada", "bob", "eve"):
        put(course, student)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(course, "01-tiny", limits=LIMITS, jobs=1, progress=interrupt)
    graded_before = [outcome.student for outcome in grade(course, "01-tiny", limits=LIMITS) if not outcome.fresh]
    assert len(graded_before) == 1
    assert scores(course) == {student: [2, 3, 0] for student in ("ada", "bob", "eve")}


def test_a_manual_score_and_a_comment_outlive_a_second_run(course: Course) -> None:
    put(course, "ada")
    grade(course, "01-tiny", limits=LIMITS)
    with gradebook_of(course) as gradebook:
        gradebook.find_grade("written-why", "tiny", "01-tiny", "ada").manual_score = 3.5
        gradebook.find_comment("written-why", "tiny", "01-tiny", "ada").manual_comment = "Nicely said."
        gradebook.db.commit()
    grade(course, "01-tiny", limits=LIMITS, force=True)
    with gradebook_of(course) as gradebook:
        assert gradebook.find_grade("written-why", "tiny", "01-tiny", "ada").score == 3.5
        assert gradebook.find_comment("written-why", "tiny", "01-tiny", "ada").comment == "Nicely said."


def test_a_submission_without_notebook_is_said_and_the_others_are_graded(
    course: Course, run: Callable[..., Result]
) -> None:
    put(course, "ada")
    put(course, "bob").rename(course.step("submitted", "bob", "01-tiny") / "homework.ipynb")
    result = run("grade", "01", "--course", course.root)
    assert result.exit_code == 1
    assert "bob: not graded: the submission has no tiny.ipynb, only homework.ipynb" in result.output
    assert scores(course) == {"ada": [2, 3, 0], "bob": [0, 0, 0]}
