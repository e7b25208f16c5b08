"""Faults planted in a source against the sentence that must name them; ids of cells before and after a change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from autograder.course.source import edition, find_source, load_source
from autograder.errors import SourceError
from autograder.log import LOG
from click.testing import Result

ZH_TITLE = '# %% [markdown] lang="zh"\n# ## 加倍\n'

FAULTS = {
    "the zh twin is missing": (ZH_TITLE, "", "no twin"),
    "the twins are the wrong way round": ('lang="en"\n# ## Double', 'lang="zh"\n# ## Double', "no twin"),
    "a grade_id is used twice": ('"grade_id": "rms"', '"grade_id": "double"', "used twice: got double"),
    "points are negative": ('"points": 3', '"points": -3', "points of test-rms are not a number of points: got -3"),
    "points are text": ('"points": 3', '"points": "3"', "got '3'"),
    "points are infinite": ('"points": 3', '"points": Infinity', "points of test-rms"),
    "code has a language": ('# %%\nprint("a', '# %% lang="en"\nprint("a', "a code cell has a language"),
    "a graded cell has no id": ('"grade_id": "rms", ', "", "no grade_id"),
    "a solution is not closed": ("    return 2 * x\n    ### END SOLUTION", "    return 2 * x", "no end solution"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_nothing_is_written(
    fault: str, tiny: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    before, after, sentence = FAULTS[fault]
    text = tiny.read_text(encoding="utf-8")
    assert before in text
    folder = tmp_path / "solutions" / "01-tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(text.replace(before, after, 1), encoding="utf-8")
    course = tmp_path / "course-folder"
    result = run("release", "--solutions", folder.parent, "--course", course)
    assert result.exit_code == 1
    assert sentence in result.output
    assert "To fix it:" in result.output
    assert not course.exists() or {path.name for path in course.iterdir()} <= {LOG}


def test_an_unknown_notebook_is_met_with_the_known_ones(tiny: Path, tmp_path: Path, run: Callable[..., Result]) -> None:
    result = run("release", "tyni", "--solutions", tiny.parent.parent, "--course", tmp_path / "course-folder")
    assert result.exit_code == 1
    assert "got 'tyni', expected one of 01-tiny" in result.output
    assert not (tmp_path / "course-folder").exists()


@pytest.mark.parametrize("name", ["01-tiny", "01", "tiny"])
def test_a_notebook_goes_by_folder_number_or_word(name: str, tiny: Path) -> None:
    assert find_source(tiny.parent.parent, name) == tiny


def test_a_folder_without_sources_is_no_solutions_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no notebook sources found"):
        find_source(tmp_path, "01")


def test_ids_elsewhere_stay_when_cells_are_added(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "01-tiny"
    folder.mkdir()
    extended = tiny.read_text(encoding="utf-8").replace("# %%\nprint(", '# %%\nprint("new")\n\n# %%\nprint(')
    (folder / "tiny.py").write_text(extended, encoding="utf-8")
    before = [cell.id for cell in edition(load_source(tiny), "en").cells]
    after = [cell.id for cell in edition(load_source(folder / "tiny.py"), "en").cells]
    assert len(after) == len(before) + 1
    assert [name for name in after if not name.startswith("test-double-")] == [
        name for name in before if not name.startswith("test-double-")
    ]


def test_editions_differ_in_prose_alone(tiny: Path) -> None:
    english, chinese = (edition(load_source(tiny), language) for language in ("en", "zh"))
    assert [cell.id for cell in english.cells] == [cell.id for cell in chinese.cells]
    for one, other in zip(english.cells, chinese.cells, strict=True):
        same = one.source == other.source
        assert same == (one.cell_type == "code" or "nbgrader" in one.metadata), one.id
