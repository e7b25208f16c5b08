"""The key of a result: a digest of all that a run depends on, except its tests.

The store has a file for each key, and the record of a run carries it. A submission whose key and tests are those of its
record has been graded and is not run again. A change of the limits, of a data file, of the instructor's code or of a
package's version is another key, so everybody runs again. A change of one test runs that test alone.
"""

import functools
import hashlib
import importlib.metadata
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.course.nbgrader_cells import is_test
from autograder.records import Limits

__all__ = ["digest_of", "environment_digest", "result_key", "tests_digest"]

PACKAGES = ("autograder", "chainrule", "ipython", "matplotlib", "msgpack", "numba", "numpy")
"""Packages whose versions can change a result."""


def digest_of(value: Any) -> str:
    """SHA-256 of plain data. JSON keeps neighbouring texts apart, which joining them would not."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8", "replace")).hexdigest()


def result_key(content: str, source: NotebookNode, files: Path, limits: Limits, secret: bytes) -> str:
    """The key of a submission's result.

    Args:
        content: digest of what was taken from the submitted file, `submission.Submitted.digest`.
        source: the instructor's notebook, with solutions.
        files: the folder of its data files.
        limits: of the run.
        secret: what the random inputs of tests are derived from.
    """
    cells = [(cell.id, cell.source, _settings(cell)) for cell in _code(source) if not is_test(cell)]
    # nbgrader's configuration makes 2 seconds 2.0, which JSON writes differently
    numbers = {name: float(value) for name, value in asdict(limits).items()}
    return digest_of([content, cells, _file_digests(files), numbers, secret.hex(), environment_digest()])


def tests_digest(source: NotebookNode) -> str:
    """Digest of an instructor's tests, with their points."""
    return digest_of([(cell.id, cell.source, _settings(cell)) for cell in _code(source) if is_test(cell)])


@functools.cache
def environment_digest() -> str:
    """Digest of the versions of `PACKAGES` that are installed."""
    versions = {distribution.name.lower(): distribution.version for distribution in importlib.metadata.distributions()}
    return digest_of([versions.get(name) for name in PACKAGES])


def _code(source: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in source.cells if cell.cell_type == "code"]


def _settings(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader knows of a cell; its checksum says nothing that the source does not."""
    return {name: value for name, value in cell.metadata.get("nbgrader", {}).items() if name != "checksum"}


def _file_digests(folder: Path) -> dict[str, str]:
    """Digests of the data files beside a notebook, by name."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".ipynb"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
