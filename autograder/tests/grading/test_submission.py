"""Notebooks that a student has changed in every way, against the instructor's own: only answers may differ."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from autograder.course.folder import Course
from autograder.course.languages import language_of
from autograder.errors import SubmissionError
from autograder.grading.submission import canonicalise, read_submission
from nbformat import NotebookNode

NO_CELLS = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def code(source: object, **metadata: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


UNREADABLE: dict[str, tuple[str, str]] = {
    "nothing": ("", "damaged or cut off in line 1"),
    "cut off": ('{"cells": [\n{', "damaged or cut off in line 2"),
    "a list": ("[]", "JSON of another shape"),
    "no cells": ('{"nbformat": 4, "metadata": {}}', "JSON of another shape"),
    "an old format": (json.dumps(NO_CELLS | {"nbformat": 3}), "nbformat 3, expected 4"),
    "a future format": (json.dumps(NO_CELLS | {"nbformat": 5}), "nbformat 5, expected 4"),
    "deep nesting": ("[" * 100_000 + "]" * 100_000, "it is no notebook"),
    "cells without end": (json.dumps(NO_CELLS | {"cells": [code("")] * 1001}), "too many cells: got 1001"),
    "an endless cell": (json.dumps(NO_CELLS | {"cells": [code("#" * 200_001)]}), "a cell is too long"),
    "a number for source": (json.dumps(NO_CELLS | {"cells": [code(7)]}), "JSON of another shape"),
    "metadata that is none": (json.dumps(NO_CELLS | {"metadata": []}), "JSON of another shape"),
    "a graded cell twice": (
        json.dumps(NO_CELLS | {"cells": [code("", nbgrader={"grade_id": "double"})] * 2}),
        "more than once: got 'double'",
    ),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_said_in_a_sentence(what: str, tmp_path: Path) -> None:
    text, sentence = UNREADABLE[what]
    path = tmp_path / "tiny.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SubmissionError, match=sentence):
        read_submission(path)


def test_a_link_and_a_giant_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "link.ipynb").symlink_to("/etc/hostname")
    with pytest.raises(SubmissionError, match="not a regular file"):
        read_submission(tmp_path / "link.ipynb")
    with (tmp_path / "giant.ipynb").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(SubmissionError, match=f"got {2**40} bytes"):
        read_submission(tmp_path / "giant.ipynb")


@pytest.fixture
def english(course: Course) -> NotebookNode:
    return nbformat.read(course.released("01-tiny", "en") / "tiny.ipynb", as_version=4)


def handed_in(notebook: NotebookNode, tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> NotebookNode:
    """The canonical form of a release that a student has changed as JSON."""
    raw = json.loads(nbformat.writes(notebook))
    change(raw)
    path = tmp_path / "tiny.ipynb"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return canonicalise(read_submission(path), notebook)


def sources(notebook: NotebookNode) -> dict[str, str]:
    return {cell.id: cell.source for cell in notebook.cells}


def test_an_untouched_release_is_its_own_canonical_form(english: NotebookNode, tmp_path: Path) -> None:
    assert handed_in(english, tmp_path, lambda raw: None) == english


def test_answers_come_from_the_student(english: NotebookNode, tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        for cell in raw["cells"]:
            if cell["id"] == "double":
                cell["source"] = ["def double(x):\n", "    return x + x"]
            if cell["id"] == "written-why":
                cell["source"] = "Jensen."

    expected = sources(english) | {"double": "def double(x):\n    return x + x", "written-why": "Jensen."}
    assert sources(handed_in(english, tmp_path, change)) == expected


def test_tests_points_flags_and_prose_come_from_the_instructor(english: NotebookNode, tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["metadata"]["kernelspec"]["name"] = "evil"
        for cell in raw["cells"]:
            settings = cell["metadata"].get("nbgrader")
            if cell["cell_type"] == "markdown" and settings is None:
                cell["source"] = "<script>alert(1)</script>"
            if settings and settings["locked"]:
                cell["source"] = "1000"
                cell["metadata"] |= {"tags": ["skip-execution"]}
                settings |= {"points": 1000, "locked": False, "solution": True, "schema_version": 99}
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "<b>full marks</b>"}]

    assert handed_in(english, tmp_path, change) == english


def test_missing_cells_come_back_in_their_place(english: NotebookNode, tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["cells"] = [cell for cell in raw["cells"] if cell["id"] in ("rms", "written-why")]

    assert handed_in(english, tmp_path, change) == english


def test_a_cell_of_another_type_does_not_count(english: NotebookNode, tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        for cell in raw["cells"]:
            if cell["id"] == "double":
                cell |= {"cell_type": "markdown", "source": "return 2 * x"}

    assert handed_in(english, tmp_path, change) == english


def test_helpers_in_added_cells_stay_where_the_student_put_them(english: NotebookNode, tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        where = [cell["id"] for cell in raw["cells"]].index("rms")
        raw["cells"].insert(where, code("def helper(): ...") | {"id": "mine"})
        raw["cells"].insert(0, code("import cmath") | {"id": "top"})

    result = handed_in(english, tmp_path, change)
    order = [cell.source for cell in result.cells if cell.cell_type == "code"]
    assert order[0] == "import cmath"
    assert order.index("def helper(): ...") == order.index(sources(english)["rms"]) - 1
    assert len(result.cells) == len(english.cells) + 2


def test_an_editor_that_drops_ids_does_not_double_the_notebook(english: NotebookNode, tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        for cell in raw["cells"]:
            del cell["id"]

    assert handed_in(english, tmp_path, change) == english


def test_the_language_of_the_edition_is_kept(course: Course, tmp_path: Path) -> None:
    chinese = nbformat.read(course.released("01-tiny", "zh") / "tiny.ipynb", as_version=4)
    assert language_of(handed_in(chinese, tmp_path, lambda raw: None)) == "zh"
