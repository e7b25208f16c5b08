"""Covers `grading.mounts`: only published files of the reference package show, tried on copies and in a sandbox."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import chainrule
import pytest
from autograder.errors import EngineError
from autograder.grading.mounts import published_copy
from autograder.sandbox import interpreter_binds
from boxes import Run

TAG = sys.implementation.cache_tag
CODE = """
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        print(os.path.relpath(os.path.join(folder, name), sys.argv[1]))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the reference package that a test may change."""
    return shutil.copytree(Path(chainrule.__file__).parent, tmp_path / "chainrule")


@pytest.fixture
def seen(
    run_inside: Callable[..., Run], package: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], set[str]]:
    """Lists the package as the student's side sees it, bytecode by the name of its source."""

    def listing() -> set[str]:
        copy = published_copy(package, tmp_path_factory.mktemp("published"))
        run = run_inside(CODE, str(package), read_only=(*interpreter_binds(), (package, package), (copy, package)))
        assert run.errors == "", run
        return {name.replace("__pycache__/", "").replace(f".{TAG}.pyc", ".py") for name in run.output.splitlines()}

    return listing


def test_a_file_that_is_added_to_the_package_is_not_there(seen: Callable[[], set[str]], package: Path) -> None:
    before = seen()
    assert {"__init__.py", "check/sheet.py", "check/locale/zh.po", "data/digits.npz"} <= before
    assert not {name for name in before if name.startswith(("ops/", "check/mistakes/"))}
    for name in ("answers.py", "check/answers.py", "check/mistakes_2027/sgd.py", "data/answers.npz"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text("ANSWER = 42")
    assert seen() == before


def test_a_published_file_that_is_renamed_stops_the_grader(seen: Callable[[], set[str]], package: Path) -> None:
    (package / "check/rules.py").rename(package / "check/common_slips.py")
    with pytest.raises(EngineError, match=r"cannot be shown to it: got no regular file \S*rules.py"):
        seen()


def test_the_copy_is_compiled_and_everybody_can_read_it(package: Path, tmp_path: Path) -> None:
    (package / "errors.py").chmod(0o600)
    copy = published_copy(package, tmp_path / "copy")
    sources = {path.stem for path in copy.rglob("*.py")}
    assert {path.name.partition(".")[0] for path in copy.rglob("*.pyc")} == sources
    assert {path.stat().st_mode & 0o005 for path in copy.rglob("*") if path.is_dir()} == {0o005}
    assert {path.stat().st_mode & 0o004 for path in copy.rglob("*") if path.is_file()} == {0o004}
