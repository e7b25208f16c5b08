"""course/ against solutions/: each release is what its source makes, in two editions, and gives nothing away."""

import re
from pathlib import Path

import nbformat
import pytest
from autograder.course.configuration import CODE_STUB
from autograder.course.languages import LANGUAGES
from autograder.course.release import stale
from autograder.course.source import edition, load_source, sources_in

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sources_in(ROOT / "solutions")

HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)
SOLUTION = re.compile(r"( *)### BEGIN SOLUTION\n.*?### END SOLUTION", re.DOTALL)


@pytest.mark.parametrize("assignment", SOURCES)
def test_the_release_is_what_the_source_makes(assignment: str) -> None:
    assert stale(ROOT / "course", load_source(SOURCES[assignment])) == []


def test_nothing_else_is_released() -> None:
    for language in LANGUAGES:
        assert {path.parent.name for path in (ROOT / "course" / language).glob("*/*.ipynb")} == SOURCES.keys()


@pytest.mark.parametrize("assignment", SOURCES)
def test_both_editions_have_the_same_code_cells(assignment: str) -> None:
    codes = []
    for language in LANGUAGES:
        (path,) = (ROOT / "course" / language / assignment).glob("*.ipynb")
        notebook = nbformat.read(path, as_version=4)
        codes.append([(cell.id, cell.source, cell.metadata) for cell in notebook.cells if cell.cell_type == "code"])
    assert codes[0] == codes[1]
    assert codes[0]


def _stub(region: re.Match[str]) -> str:
    return "\n".join(region[1] + line for line in CODE_STUB.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assignment", SOURCES)
def test_solutions_hidden_tests_and_marking_schemes_stay_behind(assignment: str, language: str) -> None:
    source = load_source(SOURCES[assignment])
    (path,) = (ROOT / "course" / language / assignment).glob("*.ipynb")
    released = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
    for cell in edition(source, language).cells:
        there = released[cell.id].source
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code":
            assert there == SOLUTION.sub(_stub, cell.source)
            assert there != cell.source
        visible = HIDDEN.sub("", cell.source)
        for hidden in HIDDEN.findall(cell.source):
            for line in filter(None, map(str.strip, hidden.splitlines())):
                assert line not in there or line in visible, line
        assert "MARK SCHEME" not in there
        assert "outputs" not in released[cell.id] or released[cell.id].outputs == []
