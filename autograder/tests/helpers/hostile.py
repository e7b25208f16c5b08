"""An attack, or an honest piece of bad luck: what is handed in and what must come of it, read from its own file.

A file says what it tries in its docstring, and then, as plain data,

    CELLS    sources in place of the answers, by grade_id
    EXTRA    code cells added by the student, each right above the cell with that grade_id
    OTHERS   "right": all the other answers are the instructor's; otherwise they are left as released
    EDITION  language of the edition that is handed in, "en" unless said
    SCORE    points by exercise. One that is not named has all its points if its answer is right, none if it is
             untouched; "nothing" means no points for anything
    STATE    how the run must end; several where the machine decides which limit comes first
    NEVER    what must not be read on the student's page

and, where cells are not enough, `change(notebook)`, which alters the file as JSON, or `write(path, notebook)`, which
puts something else in its place. @COURSE@, @HOME@, @PORT@ and @SOCKET@ in a source stand for what a student could
guess: the grader's folders, and a server that listens beside it.

A file in archives/ has `pack(path, notebook)`, which writes what an instructor downloads from somewhere, and either
REFUSED, words of the refusal, or GRADED, state and points ("everything", "nothing") by student.
"""

import functools
import runpy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from folders import ATTACKS

__all__ = ["KINDS", "POINTS", "Archive", "Attack", "archives", "attacks"]

KINDS = ("forging", "leaking", "denying", "persisting", "reports", "wire", "honest")
POINTS = {"center": 2.0, "square_loss": 3.0, "slope": 2.0, "shuffled": 2.0, "longest_run": 3.0, "step": 2.0}
"""What the target's exercises are worth; its question is marked by hand and has no points before that."""


@dataclass(frozen=True)
class Attack:
    """One notebook."""

    kind: str
    name: str
    what: str
    cells: dict[str, str]
    extra: dict[str, str]
    others: str
    edition: str
    score: dict[str, float] | str
    states: tuple[str, ...]
    never: tuple[str, ...]
    change: Callable[[dict[str, Any]], None] | None
    write: Callable[[Path, bytes], None] | None

    @property
    def student(self) -> str:
        """Whoever hands it in."""
        return f"{self.kind}-{self.name.replace('_', '-')}"

    @property
    def points(self) -> dict[str, float]:
        """What it deserves, by exercise."""
        if not isinstance(self.score, dict):
            return dict.fromkeys(POINTS, 0.0)
        return (POINTS if self.others == "right" else dict.fromkeys(POINTS, 0.0)) | self.score


@dataclass(frozen=True)
class Archive:
    """One archive or folder of submissions."""

    name: str
    what: str
    pack: Callable[[Path, bytes], None]
    refused: str
    graded: dict[str, tuple[str, str]]


@functools.cache
def attacks(kind: str) -> tuple[Attack, ...]:
    """All notebooks of one kind, by name."""
    return tuple(_attack(path) for path in sorted((ATTACKS / kind).glob("*.py")))


def _attack(path: Path) -> Attack:
    said = _said(path, {"CELLS", "EXTRA", "OTHERS", "EDITION", "SCORE", "STATE", "NEVER"})
    state = said["STATE"]
    return Attack(
        path.parent.name,
        path.stem,
        said["__doc__"],
        said.get("CELLS", {}),
        said.get("EXTRA", {}),
        said.get("OTHERS", "untouched"),
        said.get("EDITION", "en"),
        said["SCORE"],
        (state,) if isinstance(state, str) else state,
        tuple(said.get("NEVER", ())),
        said.get("change"),
        said.get("write"),
    )


@functools.cache
def archives() -> tuple[Archive, ...]:
    """All archives, by name."""
    made = []
    for path in sorted((ATTACKS / "archives").glob("*.py")):
        said = _said(path, {"REFUSED", "GRADED"})
        made.append(Archive(path.stem, said["__doc__"], said["pack"], said.get("REFUSED", ""), said.get("GRADED", {})))
    return tuple(made)


def _said(path: Path, known: set[str]) -> dict[str, Any]:
    said = runpy.run_path(str(path))
    unknown = {name for name in said if name.isupper()} - known
    if unknown:
        raise ValueError(f"{path} declares {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
    return said
