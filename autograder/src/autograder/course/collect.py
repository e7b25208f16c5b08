"""Collects submissions from a folder or an LMS's archive, all of them or none.

They go to submitted/<student>/<assignment>/<notebook>.ipynb. Three layouts are understood, with any folders around
them:

    <student>/<assignment>/<notebook>.ipynb       nbgrader's own layout
    <student>/<notebook>.ipynb                    a folder for each student
    <student>_<anything>.ipynb, <student>.ipynb   one file for each student
"""

import logging
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.course.archive import Archive, open_archive
from autograder.errors import SubmissionError

__all__ = ["Collected", "collect"]

LOGGER = logging.getLogger(__name__)

STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@_-]{0,63}", re.ASCII)
"""A student id is a folder name, which nbgrader uses in patterns: it has no spaces, slashes or wildcards."""


@dataclass
class Collected:
    """Students whose submission was collected: the first one, another than before, or the same as before."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def collect(root: Path, assignment: str, notebook: str, origin: Path) -> Collected:
    """Copy the submissions in a folder or archive to their places below `root`/submitted.

    Nothing is put in place before every name has been checked and every file has been read. The contents of a file do
    not matter here: grading says what is wrong with them.

    Args:
        root: the course folder.
        assignment: "01-regression".
        notebook: its name without suffix, "regression".
        origin: the folder or archive.

    Raises:
        SubmissionError: there is no such folder or archive, or no notebook in it; a student id cannot be used, a
            student has two submissions, or a student's folder has no notebook.
    """
    collected = Collected()
    with open_archive(origin) as archive, _staging(root / "submitted") as staging:
        for student, path in _by_student(archive, assignment, notebook).items():
            destination = root / "submitted" / student / assignment / f"{notebook}.ipynb"
            content = archive.read(path)
            before = destination.read_bytes() if destination.is_file() else None
            if content == before:
                collected.same.append(student)
            else:
                (collected.new if before is None else collected.changed).append(student)
                (staging / student).write_bytes(content)
        for student in sorted(collected.new + collected.changed):
            destination = root / "submitted" / student / assignment / f"{notebook}.ipynb"
            destination.parent.mkdir(parents=True, exist_ok=True)
            (staging / student).replace(destination)
    LOGGER.info("collected %s from %s: %s", assignment, origin, collected)
    return collected


@contextmanager
def _staging(submitted: Path) -> Iterator[Path]:
    """A scratch folder on the same disk, so that files move by a rename. Its name cannot be a student's."""
    submitted.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=submitted) as folder:
        yield Path(folder)


def _by_student(archive: Archive, assignment: str, notebook: str) -> dict[str, PurePosixPath]:
    """Path of each student's submission, in order of students; raises SubmissionError if any of them is in doubt."""
    # Without what operating systems and editors add: __MACOSX, .DS_Store, .ipynb_checkpoints.
    paths = [path for path in archive.paths() if not any(part.startswith((".", "__")) for part in path.parts)]
    name = f"{notebook}.ipynb"
    depths = {len(path.parts) for path in paths if path.parts[-2:] == (assignment, name)}
    if depths:
        # nbgrader's own layout. Other assignments beside this one are ignored, but a notebook of this name at another
        # depth stays in, so that `_ambiguous` reports it.
        elsewhere = [path for path in paths if path.name == name and len(path.parts) not in depths]
        paths = [path for path in paths if path.parts[-2:-1] == (assignment,)] + elsewhere
    notebooks = [path for path in paths if path.suffix == ".ipynb"]
    if not any(path.name == name for path in notebooks) and len({path.parent for path in notebooks}) == 1:
        # One file for each student, all in one folder.
        owned = [(path.stem.partition("_")[0], path) for path in notebooks]
        problems = []
    else:
        owned = [(_owner(path, assignment), path) for path in notebooks if path.name == name]
        others = {_owner(path, assignment): path for path in paths if len(path.parts) > 1}
        without = others.keys() - {student for student, _ in owned}
        problems = [f"{student} has no {name}, only {others[student]}" for student in sorted(without)]
    problems += _ambiguous(owned)
    if problems or not owned:
        _refuse(archive.origin, problems or [f"{len(paths)} files, none of them {name}"], notebook)
    return dict(sorted(owned))


def _ambiguous(owned: list[tuple[str, PurePosixPath]]) -> Iterator[str]:
    """Sentences on files whose owner is in doubt, and on names by which a student could replace another's file."""
    seen: dict[str, tuple[str, PurePosixPath]] = {}
    # A file deeper than the others was put into somebody's folder, perhaps by a classmate's archive.
    highest = min((len(path.parts) for _, path in owned), default=0)
    for student, path in sorted(owned):
        before, its_path = seen.setdefault(student.lower(), (student, path))
        if not STUDENT.fullmatch(student):
            yield f"the student id {student!r} of {path} has odd characters, or is missing"
        elif before != student:
            yield f"{before} and {student} differ in capital letters only; some disks take them for the same name"
        elif its_path != path:
            yield f"{student} has handed in both {its_path} and {path}"
        elif len(path.parts) > highest:
            yield f"{path} lies deeper than the others, in somebody else's folder perhaps"


def _owner(path: PurePosixPath, assignment: str) -> str:
    """The student whose folder a file is in."""
    folders = path.parts[:-1]
    if folders and folders[-1] == assignment:
        folders = folders[:-1]
    return folders[-1] if folders else ""


def _refuse(origin: Path, problems: list[str], notebook: str) -> None:
    more = f"; and {len(problems) - 10} more" if len(problems) > 10 else ""
    raise SubmissionError(
        f"{origin} cannot be collected as it is",
        got="; ".join(problems[:10]) + more,
        expected=f"one {notebook}.ipynb in each student's folder, ids of letters, digits and . _ @ -",
        fix="rename, add or remove what is named here and collect again; nothing was written",
    )
