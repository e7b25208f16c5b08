"""The repository agrees with itself: releases with sources, pins with packages."""

import re
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from autograder.course.configuration import CODE_STUB
from autograder.course.languages import LANGUAGES
from autograder.course.release import stale
from autograder.course.source import edition, load_source, sources_in
from nbconvert.filters import markdown2html
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
            stub = SOLUTION.sub(
                lambda match: "\n".join(match[1] + line for line in CODE_STUB.splitlines()), cell.source
            )
            assert there == stub
            assert there != cell.source
        visible = HIDDEN.sub("", cell.source)
        for hidden in HIDDEN.findall(cell.source):
            for line in filter(None, map(str.strip, hidden.splitlines())):
                assert line not in there or line in visible, line
        assert "MARK SCHEME" not in there
        assert "outputs" not in released[cell.id] or released[cell.id].outputs == []


@pytest.mark.parametrize("assignment", SOURCES)
def test_no_line_of_chinese_prose_is_broken_where_it_would_show_as_a_space(assignment: str) -> None:
    chinese = "[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]"
    prose = [cell.source for cell in load_source(SOURCES[assignment]).cells if cell.metadata.get("lang") == "zh"]
    assert re.findall(chinese, "".join(prose))
    assert [match[0] for text in prose for match in re.finditer(f".*{chinese}\n *{chinese}.*", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assignment", SOURCES)
def test_no_asterisk_of_emphasis_is_left_in_rendered_prose(assignment: str, language: str) -> None:
    """`**重点：**下文` opens bold type that never closes: a full stop or colon belongs after the asterisks there."""
    for cell in edition(load_source(SOURCES[assignment]), language).cells:
        if cell.cell_type == "markdown" and "nbgrader" not in cell.metadata:
            without_formulas = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$", "", cell.source, flags=re.DOTALL)
            text = re.sub(r"<code.*?</code>", "", str(markdown2html(without_formulas)), flags=re.DOTALL)
            assert "**" not in text


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pinned}


def requirements(package: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in project["dependencies"] + extras]


@pytest.mark.parametrize("package", ["pkg", "autograder"])
def test_every_dependency_is_pinned_at_a_version_that_it_allows(package: str) -> None:
    for requirement in requirements(package):
        version = pins().get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in constraints.txt"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} against {version}"


def environment() -> list[str]:
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (pip,) = [entry["pip"] for entry in content["dependencies"] if isinstance(entry, dict)]
    return [str(line) for line in pip]


def test_the_environment_has_the_pinned_versions_of_what_the_packages_need() -> None:
    named = dict(line.split("==") for line in environment() if "==" in line)
    assert named == {name: pins()[canonicalize_name(name)] for name in named}
    needed = set()
    for package in ("pkg", "autograder"):
        project = tomllib.loads((ROOT / package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        needed |= {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    assert {canonicalize_name(name) for name in named} == needed
    assert [line for line in environment() if line[0] == "-"] == ["-c constraints.txt", "-e ./pkg", "-e ./autograder"]
