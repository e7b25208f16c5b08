"""An untrusted notebook and the instructor's copy of it -> the canonical notebook that is graded.

From the submission come only the sources of code and answers: of the solution cells, found by their grade_id,
of plain code cells that the student changed, and of code cells that the student added. Everything else, tests,
prose, points, metadata, cell ids, is the instructor's. What cannot be read at all becomes the untouched release
with a note on top, so that it is graded (with 0), shown and handed back like any other, and stops nobody.
"""

import json
from collections import Counter
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course.archive import MAX_BYTES
from autograder.course.languages import LANGUAGES
from autograder.errors import SubmissionError
from autograder.grading.keys import digest_of

__all__ = [
    "Submitted",
    "TheirCell",
    "canonical_notebook",
    "canonicalise",
    "read_submission",
    "submitted_digest",
]

MAX_CELLS = 1000
MAX_SOURCE = 200_000
"""A notebook with outputs is a few MiB, a long cell a few KiB. Beyond these, something else was handed in."""

NOTICE = "**This file could not be read:** {reason}. Please hand it in again.\n\n**无法读取此文件**，请重新提交。"


@dataclass(frozen=True)
class TheirCell:
    """All that is ever read of a submitted cell."""

    cell_type: str
    id: str
    grade_id: str | None
    source: str


@dataclass(frozen=True)
class Submitted:
    """A notebook as it was handed in."""

    language: str
    """Of the edition that it was made from; it decides the language of the feedback, nothing else."""
    cells: tuple[TheirCell, ...]

    @property
    def digest(self) -> str:
        """Digest of all that is read of it. A file that was only run again, with other outputs, has the same."""
        return digest_of([self.language, [astuple(cell) for cell in self.cells]])


def read_submission(path: Path) -> Submitted:
    """The notebook in a file that a student handed in, checked just enough to take cell sources from it.

    Raises:
        SubmissionError: whatever is wrong with it, as a sentence.
    """
    if path.is_symlink() or not path.is_file():
        raise SubmissionError("it is not a regular file")
    if path.stat().st_size > MAX_BYTES:
        raise SubmissionError("it is too large", got=f"{path.stat().st_size} bytes", expected=f"at most {MAX_BYTES}")
    try:
        raw = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise SubmissionError(f"it is no notebook: the file is damaged or cut off in line {error.lineno}") from error
    except (ValueError, RecursionError) as error:
        raise SubmissionError(f"it is no notebook: {_short(error)}") from error
    return _checked(raw)


def _checked(raw: Any) -> Submitted:
    try:
        if raw["nbformat"] != 4:
            raise SubmissionError("its format is another one", got=f"nbformat {raw['nbformat']!r}", expected="4")
        if len(raw["cells"]) > MAX_CELLS:
            raise SubmissionError("it has too many cells", got=len(raw["cells"]), expected=f"at most {MAX_CELLS}")
        cells = tuple(_cell(cell) for cell in raw["cells"])
        language = raw["metadata"].get("chainrule", {}).get("language")
    except (KeyError, TypeError, AttributeError) as error:
        raise SubmissionError(f"it is no notebook, but JSON of another shape ({_short(error)})") from error
    grade_ids = Counter(cell.grade_id for cell in cells if cell.grade_id is not None)
    twice = sorted(identifier for identifier, count in grade_ids.items() if count > 1)
    if twice:
        # repr: this text comes from the student and goes to a terminal
        named = ", ".join(repr(identifier[:60]) for identifier in twice[:5])
        raise SubmissionError("graded cells appear more than once", got=named, expected="each once")
    return Submitted(language if language in LANGUAGES else LANGUAGES[0], cells)


def _cell(raw: Any) -> TheirCell:
    source = raw["source"] if isinstance(raw["source"], str) else "".join(raw["source"])
    if not source.isascii() and source.encode("utf-8", "replace").decode() != source:
        raise SubmissionError("a cell has characters that are none", got="halves of surrogate pairs", expected="text")
    if len(source) > MAX_SOURCE:
        raise SubmissionError("a cell is too long", got=f"{len(source)} characters", expected=f"at most {MAX_SOURCE}")
    settings = raw["metadata"].get("nbgrader")
    grade_id = settings.get("grade_id") if isinstance(settings, dict) else None
    return TheirCell(
        str(raw["cell_type"]), str(raw.get("id", "")), grade_id if isinstance(grade_id, str) else None, source
    )


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:80]!r}"


def canonicalise(submitted: Submitted, released: NotebookNode) -> NotebookNode:
    """The instructor's `released` notebook with the student's code and answers in it, nothing else of theirs."""
    canonical = nbformat.v4.new_notebook(metadata=released.metadata)
    theirs = _matched(submitted, released)
    added = _added(submitted, theirs)
    canonical.cells.extend(added.get(None, []))
    for cell in released.cells:
        kept = NotebookNode(cell)
        if cell.id in theirs and _is_students(cell):
            kept.source = submitted.cells[theirs[cell.id]].source
        canonical.cells.append(kept)
        canonical.cells.extend(added.get(cell.id, []))
    return canonical


def _is_students(cell: NotebookNode) -> bool:
    """Whether a student may change this cell's source: solution cells, and plain code that shows something."""
    settings = cell.metadata.get("nbgrader")
    return cell.cell_type == "code" if settings is None else bool(settings.solution)


def _matched(submitted: Submitted, released: NotebookNode) -> dict[str, int]:
    """Position of the submitted cell for each released one, by the latter's id.

    Some editors drop cell ids, so a plain cell with the same source matches too.
    """
    by_grade_id: dict[str, int] = {}
    by_id: dict[str, int] = {}
    by_source: dict[str, int] = {}
    for position, cell in enumerate(submitted.cells):
        if cell.grade_id is not None:
            by_grade_id[cell.grade_id] = position
        else:
            by_id.setdefault(cell.id, position)
            by_source.setdefault(cell.source, position)
    matched: dict[str, int] = {}
    for cell in released.cells:
        if "nbgrader" in cell.metadata:
            found = by_grade_id.get(cell.metadata.nbgrader.grade_id)
        else:
            found = by_id.get(cell.id, by_source.get(cell.source))
        if found is not None and submitted.cells[found].cell_type == cell.cell_type:
            matched[cell.id] = found
    return matched


def _added(submitted: Submitted, theirs: dict[str, int]) -> dict[str | None, list[NotebookNode]]:
    """Code cells that the student added, by the id of the released cell that they come after (None: the top)."""
    released_id = {position: identifier for identifier, position in theirs.items()}
    added: dict[str | None, list[NotebookNode]] = {}
    anchor: str | None = None
    for position, cell in enumerate(submitted.cells):
        if position in released_id:
            anchor = released_id[position]
        elif cell.cell_type == "code" and cell.grade_id is None and cell.source.strip():
            added.setdefault(anchor, []).append(nbformat.v4.new_code_cell(cell.source, id=f"added-{position}"))
    return added


def submitted_digest(path: Path) -> str:
    """Digest of what grading takes from a submitted file; of one that cannot be read, of the reason."""
    try:
        return read_submission(path).digest
    except SubmissionError as error:
        return digest_of(str(error))


def canonical_notebook(path: Path, first_edition: Path, assignment: str) -> NotebookNode:
    """The canonical notebook of one submitted file.

    Its metadata has, under "autograder", the digest of what was taken from the file ("content"), and what is wrong with
    one that cannot be read ("unreadable").

    Args:
        path: the file that was handed in.
        first_edition: folder of the released notebooks of the first language; the others are beside it.
        assignment: the name of the assignment.
    """

    def released(language: str) -> NotebookNode:
        return nbformat.read(first_edition.with_name(language) / assignment / path.name, as_version=4)

    try:
        submitted = read_submission(path)
    except SubmissionError as error:
        notebook = released(LANGUAGES[0])
        notice = nbformat.v4.new_markdown_cell(NOTICE.format(reason=str(error).rstrip(".")), id="unreadable")
        notebook.cells.insert(0, notice)
        notebook.metadata["autograder"] = {"content": digest_of(str(error)), "unreadable": str(error)}
        return notebook
    notebook = canonicalise(submitted, released(submitted.language))
    notebook.metadata["autograder"] = {"content": submitted.digest, "unreadable": ""}
    return notebook
