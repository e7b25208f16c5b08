"""Commands that the documents and CI name, against the Makefile's targets and the files that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):(?!=)", MAKEFILE, re.MULTILINE))
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "pkg/README.md", "autograder/README.md", "course/README.md")


def named_in(text: str) -> set[str]:
    """Targets of make in running text, in code blocks and in scripts, but not in their comments."""
    text = re.sub(r"^ *#(?!#).*", "", text, flags=re.MULTILINE)
    lines = re.findall(r"(?:^|`|&& )make((?: [A-Za-z][\w-]*(?:=[^\s`]*)?)+)", text, re.MULTILINE)
    return {word for line in lines for word in line.split() if "=" not in word}


def test_targets_are_read_at_all() -> None:
    assert {"test", "demo", "lab", "test-attacks"} <= TARGETS
    assert named_in("make test test-browser\n`make bench ONLY=c4`, `make venv && x`") == {
        "test",
        "test-browser",
        "bench",
        "venv",
    }


@pytest.mark.parametrize("document", [*DOCUMENTS, ".ci/run", "Makefile"])
def test_every_target_that_is_named_is_in_the_makefile(document: str) -> None:
    assert named_in((ROOT / document).read_text(encoding="utf-8")) - TARGETS == set()


def test_ci_calls_every_suite() -> None:
    called = named_in((ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert called == {"test", *re.findall(r"^test-all: test (.*?)  ##", MAKEFILE, re.MULTILINE)[0].split()}


def test_every_target_but_a_file_is_phony_and_explained() -> None:
    phony = {name for line in re.findall(r"^\.PHONY:((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE) for name in line.split()}
    assert phony - {"\\"} == TARGETS
    explained = set(re.findall(r"^([a-z][a-z-]*):(?!=).*  ## \S", MAKEFILE, re.MULTILINE))
    assert explained == TARGETS


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_folder_of_tests_that_is_named_is_there(document: str) -> None:
    paths = re.findall(r"(?:pytest|python) ((?:autograder|pkg)?/?tests/[\w./-]*)", (ROOT / document).read_text("utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []
