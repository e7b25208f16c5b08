"""course/README.md names the exercises that there are: of every notebook that is released, all and no others."""

import re
from pathlib import Path

import nbformat
import pytest
from autograder.course.languages import LANGUAGES

COURSE = Path(__file__).resolve().parents[1] / "course"
TEXT = (COURSE / "README.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("|")]
RELEASED = sorted(path.parent for language in LANGUAGES for path in COURSE.glob(f"{language}/*/*.ipynb"))


def named(notebook: str) -> list[str]:
    """Exercises of a notebook, as the map has them."""
    return [name for row in ROWS if len(row) == 3 and row[1] == notebook for name in re.findall(r"`(\w+)`", row[2])]


def graded(folder: Path) -> set[str]:
    """Exercises that a released notebook tests, by the cells that a student fills in."""
    (path,) = folder.glob("*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    settings = [cell.metadata.get("nbgrader", {}) for cell in cells if cell.cell_type == "code"]
    answers = {each["grade_id"] for each in settings if each.get("solution")}
    tests = {each["grade_id"].removeprefix("test-") for each in settings if each.get("grade")}
    return answers & tests


def test_the_map_is_read_at_all() -> None:
    assert RELEASED
    assert len(named("01-regression")) == 11


@pytest.mark.parametrize("folder", RELEASED, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_the_map_names_every_exercise_of_a_released_notebook_once_and_no_other(folder: Path) -> None:
    assert sorted(named(folder.name)) == sorted(graded(folder))


@pytest.mark.parametrize("folder", RELEASED, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_every_released_notebook_is_in_the_first_table_with_its_link(folder: Path) -> None:
    (path,) = folder.glob("*.ipynb")
    (row,) = [row for row in ROWS if len(row) == 6 and f"[{folder.name}]" in row[0]]
    assert f"({path.relative_to(COURSE)})" in row[LANGUAGES.index(folder.parent.name)]
    assert row[5] == "ready"
    opening = nbformat.read(path, as_version=4).cells[0].source
    (longest,) = re.findall(r"\d+ (?:to|到) (\d+) (?:minutes|分钟)", opening)
    assert float(row[3]) == int(longest) / 60


@pytest.mark.parametrize("folder", RELEASED, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_every_released_notebook_has_the_written_questions_and_the_challenge_that_are_promised(folder: Path) -> None:
    (path,) = folder.glob("*.ipynb")
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert 1 <= sum(bool(cell.metadata.get("nbgrader", {}).get("grade")) for cell in cells) <= 2
    assert [cell for cell in cells if re.search(r"^##.*(?:[Cc]hallenge|挑战)[:：]", cell.source, re.MULTILINE)]
