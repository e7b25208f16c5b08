"""What an LMS or a folder holds -> submitted/<student>/<assignment>/<notebook>.ipynb, all of it or nothing.

Understood, in a folder or in a .zip or .tar archive, with any folders around it:

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

from autograder.course.archive import Archive, opened
from autograder.errors import SubmissionError

__all__ = ["Collected", "collect"]

LOGGER = logging.getLogger(__name__)

STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@_-]{0,63}", re.ASCII)
"""A student id becomes a folder name, and nbgrader reads those as patterns: no spaces, slashes, wildcards."""


@dataclass
class Collected:
    """The students whose submission came in, by what became of it."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def collect(root: Path, assignment: str, notebook: str, origin: Path) -> Collected:
    """Bring the submissions in `origin`, a folder or an archive, to their places below `root`/submitted.

    Nothing is put in place until every name has been checked and every file has been read. What is inside a file
    does not matter here: grading says what is wrong with it.

    Raises:
        SubmissionError: no such folder or archive, no notebook in it, a student id that cannot be used, two
            submissions of one student, a student's folder without the notebook.
    """
    collected = Collected()
    with opened(origin) as archive, _staging(root / "submitted") as staging:
        for student, path in _by_student(archive, assignment, notebook).items():
            place = root / "submitted" / student / assignment / f"{notebook}.ipynb"
            content = archive.read(path)
            before = place.read_bytes() if place.is_file() else None
            if content == before:
                collected.same.append(student)
            else:
                (collected.new if before is None else collected.changed).append(student)
                (staging / student).write_bytes(content)
        for student in sorted(collected.new + collected.changed):
            place = root / "submitted" / student / assignment / f"{notebook}.ipynb"
            place.parent.mkdir(parents=True, exist_ok=True)
            (staging / student).replace(place)
    LOGGER.info("collected %s from %s: %s", assignment, origin, collected)
    return collected


@contextmanager
def _staging(submitted: Path) -> Iterator[Path]:
    """A scratch folder on the same disk; its name can be no student's."""
    submitted.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=submitted) as folder:
        yield Path(folder)


def _by_student(archive: Archive, assignment: str, notebook: str) -> dict[str, PurePosixPath]:
    """Path of each student's submission, in order of students."""
    # not what systems and editors add: __MACOSX, .DS_Store, .ipynb_checkpoints
    paths = [path for path in archive.paths() if not any(part.startswith((".", "__")) for part in path.parts)]
    name = f"{notebook}.ipynb"
    depths = {len(path.parts) for path in paths if path.parts[-2:] == (assignment, name)}
    if depths:  # nbgrader's own layout, with other assignments beside this one; the same name elsewhere is a problem
        elsewhere = [path for path in paths if path.name == name and len(path.parts) not in depths]
        paths = [path for path in paths if path.parts[-2:-1] == (assignment,)] + elsewhere
    notebooks = [path for path in paths if path.suffix == ".ipynb"]
    if not any(path.name == name for path in notebooks) and len({path.parent for path in notebooks}) == 1:
        owned = [(path.stem.partition("_")[0], path) for path in notebooks]
        problems = []
    else:
        owned = [(_owner(path, assignment), path) for path in notebooks if path.name == name]
        others = {_owner(path, assignment): path for path in paths if len(path.parts) > 1}
        bare = others.keys() - {student for student, _ in owned}
        problems = [f"{student} has no {name}, only {others[student]}" for student in sorted(bare)]
    problems += _ambiguous(owned)
    if problems or not owned:
        _refuse(archive.origin, problems or [f"{len(paths)} files, none of them {name}"], notebook)
    return dict(sorted(owned))


def _ambiguous(owned: list[tuple[str, PurePosixPath]]) -> Iterator[str]:
    """What leaves open whose a file is, or would give one student the power over another's submission."""
    seen: dict[str, tuple[str, PurePosixPath]] = {}
    highest = min((len(path.parts) for _, path in owned), default=0)
    for student, path in sorted(owned):
        before, its_path = seen.setdefault(student.lower(), (student, path))
        if not STUDENT.fullmatch(student):
            yield f"the student id {student!r} of {path} has odd characters, or there is none"
        elif before != student:
            yield f"{before} and {student} differ in capital letters only, which some disks take for the same"
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
