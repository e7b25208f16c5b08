"""The packages' modules against the limits of size that they promise, and against the tests that name them."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for package in ("pkg", "autograder") for path in (ROOT / package / "src").rglob("*.py"))
AUTOGRADER = ROOT / "autograder" / "src" / "autograder"
TESTS = ROOT / "autograder" / "tests"

LONGEST_MODULE = 300
LONGEST_FUNCTION = 50

DECIDES_POINTS = sorted(
    f"{folder}.{path.stem}"
    for folder in ("grading", "guest")
    for path in (AUTOGRADER / folder).glob("*.py")
    if path.stem != "__init__"
)
MIRRORED = sorted(
    path for folder in AUTOGRADER.iterdir() if folder.is_dir() for path in (TESTS / folder.name).glob("test_*.py")
)


def covered(test: Path) -> set[str]:
    """Modules that a file of tests covers: the one in its name, and those after "Covers" in its docstring."""
    docstring = ast.get_docstring(ast.parse(test.read_text(encoding="utf-8"))) or ""
    sentence = docstring.partition("Covers")[2].partition(":")[0] if docstring.startswith("Covers") else ""
    own = f"{test.parent.name}.{test.stem.removeprefix('test_')}"
    return set(re.findall(r"`([\w.]+)`", sentence)) | ({own} if is_module(own) else set())


def is_module(name: str) -> bool:
    return AUTOGRADER.joinpath(*name.split(".")).with_suffix(".py").is_file()


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body below its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_the_packages_are_read_at_all() -> None:
    assert len(SOURCES) > 100
    assert {"grading.scores", "guest.cell_runner"} <= set(DECIDES_POINTS)
    assert len(MIRRORED) > 30


def test_no_module_has_more_than_300_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_has_more_than_50_lines_of_code() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": code_lines(node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", MIRRORED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_of_tests_says_which_modules_it_covers(path: Path) -> None:
    names = covered(path)
    assert names, f"{path.name} has no module's name, so its docstring must begin with: Covers `folder.module`: ..."
    assert [name for name in names if not is_module(name)] == []


@pytest.mark.parametrize("module", DECIDES_POINTS)
def test_what_decides_points_has_tests_that_name_it(module: str) -> None:
    files = [*MIRRORED, TESTS / "attacks" / "test_attacks.py"]
    assert [path.name for path in files if module in covered(path)], f"add test_{module.partition('.')[2]}.py"
