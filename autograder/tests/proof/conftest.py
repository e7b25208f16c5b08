"""A corpus without faults that a test may change, and `autograder prove` for it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from folders import PROVED


@pytest.fixture
def solutions(tmp_path: Path) -> Path:
    """A folder of sources that a test may change."""
    return Path(shutil.copytree(PROVED, tmp_path / "solutions"))


@pytest.fixture
def plant(solutions: Path) -> Callable[[str, str], None]:
    """Put an answer, "right/triple-loop", into the corpus."""

    def write(name: str, text: str) -> None:
        (solutions / "01-sheets" / "answers" / f"{name}.py").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def proved(solutions: Path, run: Callable[..., Result]) -> Callable[..., dict[str, Any]]:
    """Numbers of the notebook; the exit status must agree with them."""

    def invoke(*options: object) -> dict[str, Any]:
        result = run("prove", "01", "--solutions", solutions, "--json", *options)
        numbers: dict[str, Any] = json.loads(result.stdout)["notebooks"]["01-sheets"]
        assert result.exit_code == any(isinstance(value, list) and value for value in numbers.values())
        return numbers

    return invoke


@pytest.fixture
def mutated(solutions: Path, run: Callable[..., Result]) -> Callable[[], tuple[int, dict[str, Any]]]:
    """Exit status and numbers of `autograder prove --mutate`."""

    def invoke() -> tuple[int, dict[str, Any]]:
        result = run("prove", "01", "--mutate", "--solutions", solutions, "--json")
        return result.exit_code, json.loads(result.stdout)["notebooks"]["01-sheets"]

    return invoke
