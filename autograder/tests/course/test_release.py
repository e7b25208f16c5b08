"""Released notebooks and the gradebook's points, against what stands in the source and must stay in it."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from autograder.course.configuration import ANSWER_STUB, CODE_STUB
from autograder.course.folder import Course
from autograder.course.nbgrader_api import gradebook_of
from autograder.course.release import release, stale
from autograder.course.source import load_source
from autograder.log import LOG
from classroom import put
from click.testing import Result

SECRETS = ["return 2 * x", "BEGIN SOLUTION", "HIDDEN", "the secret case", "the variance", "MARK SCHEME"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_secret_is_released(language: str, course: Course) -> None:
    text = (course.released("01-tiny", language) / "tiny.ipynb").read_text(encoding="utf-8")
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_students_get_stubs_visible_tests_and_no_outputs(language: str, course: Course) -> None:
    notebook = nbformat.read(course.released("01-tiny", language) / "tiny.ipynb", as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    assert CODE_STUB.splitlines()[0] in cells["double"].source
    assert cells["written-why"].source == ANSWER_STUB
    assert "double(2) == 4" in cells["test-double"].source
    assert not any(cell.get("outputs") for cell in notebook.cells)
    nbformat.validate(notebook)


def test_both_editions_have_the_same_code_and_checksums(course: Course) -> None:
    editions = [nbformat.read(course.released("01-tiny", each) / "tiny.ipynb", as_version=4) for each in ("en", "zh")]
    graded = [[(c.source, c.metadata) for c in nb.cells if c.cell_type == "code" or c.metadata] for nb in editions]
    assert graded[0] == graded[1]


def test_the_gradebook_learns_the_points(course: Course) -> None:
    with gradebook_of(course) as gradebook:
        cells = gradebook.find_notebook("tiny", "01-tiny").grade_cells
        assert {cell.name: cell.max_score for cell in cells} == {"test-double": 2, "test-rms": 3, "written-why": 4}


def test_releasing_twice_gives_the_same_bytes(course: Course, tiny: Path) -> None:
    before = {path: path.read_bytes() for path in (course.root / "course").rglob("*.ipynb")}
    release(course, load_source(tiny))
    assert {path: path.read_bytes() for path in (course.root / "course").rglob("*.ipynb")} == before


def test_a_stale_release_is_found(course: Course, tiny: Path, run: Callable[..., Result]) -> None:
    assert stale(course.root / "course", load_source(tiny)) == []
    path = course.released("01-tiny", "zh") / "tiny.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("加倍", "减半"), encoding="utf-8")
    assert stale(course.root / "course", load_source(tiny)) == [path]
    result = run("release", "--check", "--solutions", tiny.parent.parent, "--course", course.root)
    assert result.exit_code == 1
    assert str(path) in result.output


def test_a_notebook_with_submissions_keeps_its_graded_cells(
    course: Course, tiny: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    put(course, "ada")
    assert run("grade", "01", "--course", course.root).exit_code == 0
    folder = tmp_path / "solutions" / "01-tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(tiny.read_text(encoding="utf-8").replace('"rms"', '"root"'), encoding="utf-8")
    before = _state(course)
    result = run("release", "--solutions", folder.parent, "--course", course.root)
    assert result.exit_code == 1
    assert "Cannot add or remove cells" in result.output
    assert _state(course) == before


def test_a_gradebook_in_use_is_left_alone(course: Course, tiny: Path, run: Callable[..., Result]) -> None:
    writer = sqlite3.connect(course.gradebook_path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    before = _state(course)
    result = run("release", "--solutions", tiny.parent.parent, "--course", course.root)
    writer.close()
    assert result.exit_code == 1
    assert "no other program is writing" in result.output
    assert _state(course) == before


def _state(course: Course) -> dict[str, bytes]:
    files = (path for path in course.root.rglob("*") if path.is_file() and {".executed", LOG}.isdisjoint(path.parts))
    return {str(path.relative_to(course.root)): path.read_bytes() for path in files}


def test_data_files_travel_with_the_notebook_and_answers_do_not(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "solutions" / "01-tiny"
    shutil.copytree(tiny.parent, folder)
    (folder / "data.csv").write_text("1,2\n", encoding="utf-8")
    (folder / "answers").mkdir()
    (folder / "answers" / "rms.py").write_text("secret", encoding="utf-8")
    course = Course(tmp_path / "course-folder")
    release(course, load_source(folder / "tiny.py"))
    for language in ("en", "zh"):
        names = sorted(path.name for path in course.released("01-tiny", language).rglob("*"))
        assert names == ["data.csv", "tiny.ipynb"]
