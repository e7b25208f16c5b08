"""Releases a notebook: from solutions/ the students' editions in course/, and the points in the gradebook."""

import contextlib
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.folder import Course
from autograder.course.languages import LANGUAGES, edition_folder
from autograder.course.nbgrader_api import NbGraderAPI, failure_of, nbgrader_api
from autograder.course.source import Source, edition
from autograder.errors import EngineError, SourceError

__all__ = ["Released", "release", "stale"]

LOGGER = logging.getLogger(__name__)

# Every edition has the same graded cells, so the gradebook learns them from the first alone.
NO_DATABASE = {"SaveCells": {"enabled": False}, "GenerateAssignment": {"no_database": True}}
# Sources and answers stay with the instructor; data files beside them are released.
NOT_FOR_STUDENTS = shutil.ignore_patterns("*.py", "answers", ".*", "__pycache__")


@dataclass(frozen=True)
class Released:
    """What one release has written: the notebook of each language, and the numbers of graded cells and points."""

    assignment: str
    notebooks: tuple[Path, ...]
    exercises: int
    points: float


def release(course: Course, source: Source) -> Released:
    """Build every edition and enter its graded cells in the gradebook. All of it appears at the end, or nothing.

    Raises:
        SourceError: nbgrader refuses the notebook.
        EngineError: the disk is full, or the gradebook is in use.
    """
    try:
        course.root.mkdir(parents=True, exist_ok=True)
        with _staging(course) as staging:
            with _locked_copy(course.gradebook_path, staging / "gradebook.db"):
                for language in LANGUAGES:
                    _generate(course, source, language, staging)
            notebooks = _publish(course, source, staging)
    except OSError as error:
        raise EngineError(
            "the release could not be written",
            got=error.strerror or str(error),
            expected=f"room and permission to write in {course.root}",
            fix="free some disk space or name another folder with --course; nothing was changed",
        ) from error
    graded = [cell.metadata.nbgrader for cell in source.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    LOGGER.info("released %s", source.assignment)
    return Released(source.assignment, notebooks, len(graded), float(sum(cell["points"] for cell in graded)))


def stale(released: Path, source: Source) -> list[Path]:
    """Notebooks below `released`, a `course/` folder, that differ from what a release of `source` makes now."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = release(Course(Path(scratch)), source)
        pairs = [(path, released / path.relative_to(Path(scratch) / released.name)) for path in fresh.notebooks]
        return [path for new, path in pairs if not path.is_file() or path.read_bytes() != new.read_bytes()]


@contextlib.contextmanager
def _staging(course: Course) -> Iterator[Path]:
    """A scratch folder on the course's own disk, so that finished folders move into place by a rename."""
    with tempfile.TemporaryDirectory(prefix=".release-", dir=course.root) as folder:
        yield Path(folder)


@contextlib.contextmanager
def _locked_copy(original: Path, copy: Path) -> Iterator[None]:
    """Make a copy of the gradebook to work on; at the end the original takes over its rows in one transaction.

    nbgrader commits after each cell, so a full disk would leave an original that it works on half changed. Until the
    rows are copied back, the original is locked against other writers, whose marks would be overwritten. It stays the
    same file, because formgrader keeps it open.
    """
    with contextlib.ExitStack() as stack:
        try:
            if not original.exists():
                yield
                copy.replace(original)
                return
            lock = stack.enter_context(contextlib.closing(sqlite3.connect(original, isolation_level=None)))
            lock.execute("BEGIN IMMEDIATE")  # takes the write lock at once, not at the first write
            shutil.copyfile(original, copy)
            yield
            _copy_rows(stack.enter_context(contextlib.closing(sqlite3.connect(copy))), lock)
            lock.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if "disk is full" in str(error):
                raise OSError(28, "No space left on device") from error
            raise EngineError(
                "the gradebook cannot be used",
                got=f"{error} from {original}",
                expected="a database that no other program is writing to",
                fix="wait for the other program to end, then release again; nothing was changed",
            ) from error


def _copy_rows(origin: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Replace all rows of a database by those of another one with the same tables."""
    for (table,) in origin.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = origin.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a table's name cannot be a parameter)
        placeholders = ", ".join("?" * len(rows.description))
        target.execute(f'DELETE FROM "{table}"')  # noqa: S608
        target.executemany(f'INSERT INTO "{table}" VALUES ({placeholders})', rows)  # noqa: S608


def _generate(course: Course, source: Source, language: str, staging: Path) -> None:
    """Run nbgrader's generate_assignment on one edition; the first also enters its graded cells in the gradebook."""
    folder = staging / "source" / language / source.assignment
    shutil.copytree(source.path.parent, folder, ignore=NOT_FOR_STUDENTS)
    nbformat.write(edition(source, language), folder / f"{source.name}.ipynb")
    options: dict[str, dict[str, Any]] = {
        "CourseDirectory": {
            "source_directory": str(folder.parent),
            "release_directory": str(staging / edition_folder(language)),
            "db_url": f"sqlite:///{staging / 'gradebook.db'}",
        }
    }
    _run(nbgrader_api(course, **options, **({} if language == LANGUAGES[0] else NO_DATABASE)), source)


def _run(api: NbGraderAPI, source: Source) -> None:
    """Call generate_assignment; raises SourceError with the line of its log that names the reason."""
    outcome = api.generate_assignment(source.assignment)
    if outcome["success"]:
        return
    log, cause = failure_of(outcome)
    LOGGER.error("nbgrader refuses %s\n%s", source.assignment, log)
    raise SourceError(
        f"nbgrader refuses {source.path}",
        got=cause,
        expected="a notebook that nbgrader can release",
        fix="correct the cell that it names; a notebook with submissions keeps its graded cells",
    )


def _publish(course: Course, source: Source, staging: Path) -> tuple[Path, ...]:
    """Move the finished folders into place: nbgrader's source/, then each released edition."""
    _replace(staging / "source" / LANGUAGES[0] / source.assignment, course.root / "source" / source.assignment)
    for language in LANGUAGES:
        _replace(staging / edition_folder(language) / source.assignment, course.released(source.assignment, language))
    return tuple(course.released(source.assignment, language) / f"{source.name}.ipynb" for language in LANGUAGES)


def _replace(new: Path, target: Path) -> None:
    """Move a folder to where another may be; that one stays in the scratch folder and is removed with it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old = new.with_name(f"{new.name}.old")
    if target.exists():
        target.rename(old)
    new.rename(target)
