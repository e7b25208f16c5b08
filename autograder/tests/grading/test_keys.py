"""The key of a result: which changes make another one, tried one by one on the small notebook."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from autograder.course.source import edition, load_source
from autograder.grading import keys
from autograder.grading.keys import digest_of, result_key
from autograder.records import Limits
from nbformat import NotebookNode


@pytest.fixture
def source(tiny: Path) -> NotebookNode:
    return edition(load_source(tiny), "en")


def key(source: NotebookNode, files: Path, **changes: object) -> str:
    arguments = {"content": "c", "limits": Limits(), "secret": b"s"} | changes
    return result_key(source=source, files=files, **arguments)


def cell(source: NotebookNode, grade_id: str) -> NotebookNode:
    (found,) = [each for each in source.cells if each.metadata.get("nbgrader", {}).get("grade_id") == grade_id]
    return found


def change_solution(source: NotebookNode) -> None:
    cell(source, "double").source += "\n# another one"


def change_test(source: NotebookNode) -> None:
    cell(source, "test-double").source += "\n# another one"


def change_points(source: NotebookNode) -> None:
    cell(source, "test-double").metadata.nbgrader.points = 7


def change_prose(source: NotebookNode) -> None:
    prose = [each for each in source.cells if each.cell_type == "markdown" and "nbgrader" not in each.metadata]
    prose[0].source += " Another word."


CHANGES: dict[Callable[[NotebookNode], None], tuple[bool, bool]] = {
    # another key, another digest of the tests
    change_solution: (True, False),
    change_test: (False, True),
    change_points: (False, True),
    change_prose: (False, False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_change_of_the_notebook_makes_anew(
    change: Callable[[NotebookNode], None], source: NotebookNode, tmp_path: Path
) -> None:
    before = key(source, tmp_path), keys.tests_digest(source)
    change(source)
    after = key(source, tmp_path), keys.tests_digest(source)
    assert tuple(new != old for new, old in zip(after, before, strict=True)) == CHANGES[change]


def test_all_else_that_a_result_depends_on_makes_another_key(source: NotebookNode, tmp_path: Path) -> None:
    found = [key(source, tmp_path)]
    found.append(key(source, tmp_path, content="d"))
    found.append(key(source, tmp_path, limits=replace(Limits(), memory_mib=1)))
    found.append(key(source, tmp_path, secret=b"t"))
    (tmp_path / "data.csv").write_text("1", encoding="utf-8")
    found.append(key(source, tmp_path))
    (tmp_path / "data.csv").write_text("2", encoding="utf-8")
    found.append(key(source, tmp_path))
    assert len(set(found)) == 6
    assert found[-1] == key(source, tmp_path)


def test_whole_seconds_are_seconds(source: NotebookNode, tmp_path: Path) -> None:
    whole, fraction = (key(source, tmp_path, limits=Limits(cell_s=seconds)) for seconds in (2, 2.0))
    assert whole == fraction


def test_a_character_moved_from_one_text_to_the_next_is_another_digest() -> None:
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"])
    assert digest_of(["a\0", "b"]) != digest_of(["a", "\0b"])
