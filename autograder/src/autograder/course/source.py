"""Reads a notebook's source, `solutions/NN-name/name.py`, and builds an edition of it for each language.

The source is jupytext's py:percent with nbgrader's own metadata in the cell headers. A prose cell states its language,
`# %% [markdown] lang="en"`, and is followed by its twin in the next language. A cell without a language, which any code
cell is, is the same in every edition.
"""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder.course.languages import LANGUAGES
from autograder.errors import SourceError

__all__ = ["Source", "edition", "find_source", "load_source", "sources_in"]


@dataclass(frozen=True)
class Source:
    """One notebook as the instructor wrote it."""

    assignment: str
    """Name of its folder, and of nbgrader's assignment: "01-regression"."""
    name: str
    """Name of the notebook: "regression"."""
    path: Path
    cells: tuple[NotebookNode, ...]


def sources_in(solutions: Path) -> dict[str, Path]:
    """Every notebook source below `solutions`, by assignment, in order.

    Raises:
        SourceError: there is no such folder, or no source in it.
    """
    sources = {
        folder.name: folder / f"{folder.name.partition('-')[2]}.py"
        for folder in sorted(solutions.glob("[0-9][0-9]-*/"))
        if (folder / f"{folder.name.partition('-')[2]}.py").is_file()
    }
    if not sources:
        raise SourceError(
            "no notebook sources found",
            got=f"the folder {solutions}",
            expected="folders such as 01-regression/ with regression.py inside",
            fix="name the folder of the sources with --solutions",
        )
    return sources


def find_source(solutions: Path, notebook: str) -> Path:
    """Path of the source that `notebook` names: "01-regression", "01" or "regression".

    Raises:
        SourceError: no notebook has that name, or several have.
    """
    known = sources_in(solutions)
    matches = [name for name in known if notebook == name or notebook in name.split("-", 1)]
    if len(matches) == 1:
        return known[matches[0]]
    closest = difflib.get_close_matches(notebook, known, n=1, cutoff=0.4)
    raise SourceError(
        "the notebook is unknown",
        got=repr(notebook),
        expected=f"one of {', '.join(known)}",
        fix=f"use {closest[0]}, if that is meant" if closest else "use one of these names",
    )


def load_source(path: Path) -> Source:
    """Read and check one source.

    Raises:
        SourceError: a prose cell has no twin, a code cell has a language, a grade_id is missing or used twice, points
            are not a number from 0 on, or nothing is graded.
    """
    notebook = jupytext.read(path, fmt="py:percent")
    cells = tuple(cell for cell in notebook.cells if cell.cell_type != "raw")
    source = Source(path.parent.name, path.stem, path, cells)
    _check_languages(source)
    _check_grading(source)
    return source


def _check_languages(source: Source) -> None:
    """Raise SourceError unless prose cells come in groups of twins, en then zh, and code cells have no language."""
    languages = [cell.metadata.get("lang") for cell in source.cells]
    position = 0
    while position < len(languages):
        cell = source.cells[position]
        if languages[position] is None:
            position += 1
            continue
        if cell.cell_type != "markdown":
            raise SourceError(
                f"{source.path}: a code cell has a language",
                got=f"lang={languages[position]!r} on {_describe(cell)}",
                expected="the same code in every edition",
                fix="remove lang from the cell's header",
            )
        twins = tuple(languages[position : position + len(LANGUAGES)])
        if twins != LANGUAGES:
            raise SourceError(
                f"{source.path}: a prose cell has no twin in the other language",
                got=f"{' then '.join(str(language) for language in twins)} at {_describe(cell)}",
                expected=" then ".join(LANGUAGES),
                fix="write the missing cell right after its twin",
            )
        position += len(LANGUAGES)


def _check_grading(source: Source) -> None:
    """Raise SourceError for metadata that nbgrader would fail on later, without naming the cell."""
    grade_ids = [identifier for identifier, _ in _graded(source)]
    duplicates = [identifier for identifier, count in Counter(grade_ids).items() if count > 1]
    if duplicates:
        raise SourceError(
            f"{source.path}: a grade_id is used twice",
            got=", ".join(duplicates),
            expected="each grade_id once",
            fix="give one of the cells another grade_id",
        )
    for identifier, settings in _graded(source):
        points = settings.get("points", 0)
        if not isinstance(points, int | float) or isinstance(points, bool) or not 0 <= points < float("inf"):
            raise SourceError(
                f"{source.path}: the points of {identifier} are not a number of points",
                got=repr(points),
                expected="0 or more",
                fix="correct points in the cell's header",
            )
    if not any(settings.get("grade") for _, settings in _graded(source)):
        raise SourceError(
            f"{source.path}: nothing in this notebook is graded",
            got="no cell with nbgrader's grade set",
            expected="at least one test cell",
            fix="add nbgrader metadata to the test cells' headers",
        )


def _graded(source: Source) -> Iterator[tuple[str, NotebookNode]]:
    """The grade_id and nbgrader's metadata of each cell that has such metadata."""
    for cell in source.cells:
        settings = cell.metadata.get("nbgrader")
        if settings is not None:
            if not settings.get("grade_id"):
                raise SourceError(
                    f"{source.path}: a cell with nbgrader metadata has no grade_id",
                    got=_describe(cell),
                    expected="a grade_id of its own",
                    fix="add one to the cell's header",
                )
            yield settings.grade_id, settings


def _describe(cell: NotebookNode) -> str:
    """A cell by its type and first line, for messages."""
    first_line = cell.source.strip().partition("\n")[0]
    return f"the {cell.cell_type} cell {first_line[:50]!r}"


def edition(source: Source, language: str) -> NotebookNode:
    """The instructor's notebook in one language, with solutions and all tests, without outputs.

    The id of a cell depends only on the nearest grade_id above it and on the number of cells from there. So an edit
    leaves the ids of other sections as they are, and twins have the same id in both editions.
    """
    notebook = nbformat.v4.new_notebook(
        metadata={
            "chainrule": {"language": language},
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    cells = [cell for cell in source.cells if cell.metadata.get("lang", language) == language]
    for identifier, cell in zip(_identifiers(cells), cells, strict=True):
        kept = {key: value for key, value in cell.metadata.items() if key in ("nbgrader", "slideshow", "tags")}
        if "nbgrader" in kept:
            kept["nbgrader"] = _complete(cell)
        make = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}[cell.cell_type]
        notebook.cells.append(make(cell.source, id=identifier, metadata=kept))
    return notebook


def _complete(cell: NotebookNode) -> dict[str, object]:
    """Nbgrader's metadata with its defaults written out, as its own editor would."""
    flags = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    return flags | dict(cell.metadata.nbgrader) | {"cell_type": cell.cell_type}


def _identifiers(cells: list[NotebookNode]) -> list[str]:
    """A cell id for each cell: its grade_id, or the one above with a number, "test-double-2"."""
    identifiers, anchor, count = [], "top", 0
    for cell in cells:
        if "nbgrader" in cell.metadata:
            anchor, count = cell.metadata.nbgrader.grade_id, 0
            identifiers.append(anchor)
        else:
            count += 1
            identifiers.append(f"{anchor}-{count}")
    return identifiers
