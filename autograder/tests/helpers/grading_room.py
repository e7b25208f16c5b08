"""One course for all attacks, graded by the `autograder` command in processes of its own.

How exact scores and a class that nobody disturbs are shown within minutes: all attacks of a kind are one run, with
canaries before, between and behind them in the order of grading, some right and some wrong, all new, so that each of
them really runs. Scores, states and pages are looked at one by one. What must not change (files, processes, servers,
everybody else's scores) is looked at around the run; only if it has changed are the attacks graded again, each alone,
to name the one that did it. To grade each alone in any case would cost the command's start, some seconds, each time.

A session that selects some attacks grades these and no others, with the same canaries around them.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.folder import Course
from autograder.course.release import release
from autograder.course.source import find_source, load_source
from autograder.reports.report import as_json, report_on
from folders import REPOSITORY, SMALL
from handing_in import ASSIGNMENT, SECRETS, Desk
from hostile import Archive, Attack, archives, attacks
from surroundings import Servers, contents, marks, processes, times

__all__ = ["Collection", "GradingRoom", "Round"]

PACKAGES = [Path(sys.prefix), *(REPOSITORY / package / "src" for package in ("pkg", "autograder"))]

CANARIES = ("0-right", "f-wrong", "m-right", "s-wrong", "zz-right")
"""Their names put them before, between and behind the attacks."""

HURRY_S = {"denying": 8, "wire": 4}
"""Seconds for one cell, for the kinds that run into the limit on purpose; to fill the memory takes some of them."""


@dataclass(frozen=True)
class Round:
    """What one run came to."""

    rows: dict[str, dict[str, Any]]
    """The report's row of each student."""
    changes: list[str]
    """What is not as it was before, and who did it."""
    shown: str
    """What the instructor's terminal showed."""
    table: str
    """The report as CSV."""
    html: str
    """The report as a page."""


@dataclass(frozen=True)
class Collection:
    """What became of an archive."""

    status: int
    output: str
    changes: list[str]
    """On the disk, outside of the places where its students' notebooks belong."""
    arrived: set[str]


class GradingRoom:
    """A course, the instructor's home, and a folder for temporary files, all below `base`.

    Args:
        base: an empty folder.
        servers: whoever visits them is reported.
        selected: what to grade; all of a kind of which nothing is selected.
    """

    def __init__(self, base: Path, servers: Servers, selected: Sequence[Attack | Archive]) -> None:
        self._base, self._servers, self._selected = base, servers, selected
        self._course, self._home, self._scratch = base / "course", base / "home", base / "tmp"
        for folder in (self._course, self._home / ".ssh", self._scratch):
            folder.mkdir(parents=True)
        for name in (".ssh/id_ed25519", ".netrc"):
            (self._home / name).write_text(SECRETS["the home folder"], encoding="utf-8")
        release(Course(self._course), load_source(find_source(SMALL, ASSIGNMENT)))
        known = {"COURSE": self._course, "HOME": self._home, "PORT": servers.port, "SOCKET": servers.name}
        self.desk = Desk(self._course, known)
        self._log = self._course / ".autograder.log"
        self._rounds: dict[str, Round] = {}
        self._collections: dict[str, Collection] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        self._table, self._page = base / "report.csv", base / "report.html"
        # whatever the grader keeps for itself is there after this
        self.desk.hand_in_canary("0-first", right=True)
        self._run("grade", "02", "0-first")
        self._run("feedback", "02", "0-first")
        self._run("report", "02", "--html", self._page)
        self._rows = self._reported()

    def graded(self, kind: str) -> Round:
        """One run with the selected attacks of a kind and canaries between them; done once, then remembered."""
        if kind not in self._rounds:
            notebooks = (each for each in self._selected if isinstance(each, Attack))
            group = [attack for attack in notebooks if attack.kind == kind] or attacks(kind)
            for attack in group:
                self.desk.hand_in(attack)
            canaries = [f"{kind}-{name}" for name in CANARIES]
            for student in canaries:
                self.desk.hand_in_canary(student, student.endswith("right"))
            students = [attack.student for attack in group]
            self._rounds[kind] = self._round(students, canaries, HURRY_S.get(kind, 15))
        return self._rounds[kind]

    def collected(self, archive: Archive) -> Collection:
        """Collect one archive; done once, then remembered."""
        if archive.name not in self._collections:
            self._collections[archive.name] = self._collect(archive)
        return self._collections[archive.name]

    def _collect(self, archive: Archive) -> Collection:
        path = self._base / "export"
        path.unlink(missing_ok=True)
        archive.pack(path, self.desk.solved())
        # the log has a line of each refusal
        before = contents(self._base, leaving_out=[self._log])
        done = self._command("collect", "02", path)
        after = contents(self._base, leaving_out=[self._log])
        places = {student: self.desk.place(student) for student in archive.graded}
        theirs = {str(folder) for place in places.values() for folder in (place, *place.parents)}
        return Collection(
            done.returncode,
            done.stdout + done.stderr,
            _differences(
                *({name: what for name, what in each.items() if name not in theirs} for each in (before, after))
            ),
            {student for student, place in places.items() if str(place) in after},
        )

    def bringing(self) -> list[Archive]:
        """The selected archives that bring notebooks in."""
        selected = [each for each in self._selected if isinstance(each, Archive) and each.graded]
        return selected or [archive for archive in archives() if archive.graded]

    def collected_are_graded(self) -> Round:
        """One run with all whose notebooks the selected archives bring in; done once, then remembered."""
        if "archives" not in self._rounds:
            for archive in self.bringing():
                self.collected(archive)
            students = [student for archive in self.bringing() for student in archive.graded]
            self._rounds["archives"] = self._round(students, [], 15)
        return self._rounds["archives"]

    def page(self, student: str) -> str:
        """The feedback page that a student gets; empty if there is none."""
        path = self.desk.place(student, "feedback", "html")
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def _round(self, students: list[str], canaries: list[str], cell_s: int) -> Round:
        everybody = [*students, *canaries]
        before = self._everything(everybody)
        shown = [self._grade(*everybody, cell_s=cell_s)]
        if canaries:
            # what the attacks have left behind is met by those who come afterwards
            shown.append(self._grade("--force", canaries[0], canaries[-2], cell_s=cell_s))
        shown.append(self._told("feedback", "02", *everybody))
        shown.append(self._run("report", "02", "--csv", self._table, "--html", self._page))
        self._rows = self._reported()
        changes = _differences(before, self._everything(everybody))
        if changes:
            for student in students:
                changes += [f"after {student} alone: {what}" for what in self._alone(student, cell_s)]
        return Round(
            {student: self._rows[student] for student in everybody},
            changes,
            "\n".join(shown),
            self._table.read_text(encoding="utf-8"),
            self._page.read_text(encoding="utf-8"),
        )

    def _alone(self, student: str, cell_s: int) -> list[str]:
        before = self._everything([student])
        self._grade("--force", student, cell_s=cell_s)
        self._rows = self._reported()
        return _differences(before, self._everything([student]))

    def _reported(self) -> dict[str, dict[str, Any]]:
        """The report's row of each student, now."""
        rows: list[dict[str, Any]] = as_json(report_on(Course(self._course), ASSIGNMENT))["submissions"]
        return {row["student"]: row for row in rows}

    def _grade(self, *arguments: object, cell_s: int) -> str:
        return self._told("grade", "02", *arguments, "--cell-seconds", cell_s)

    def _told(self, *arguments: object) -> str:
        """What a command says; if it fails for somebody, a row or a page that is not there will show for whom."""
        done = self._command(*arguments)
        return done.stdout + done.stderr

    def _run(self, *arguments: object) -> str:
        done = self._command(*arguments)
        if done.returncode:
            raise RuntimeError(f"autograder {arguments[0]} failed: {done.stdout}{done.stderr}")
        return done.stdout

    def _command(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        private = {"HOME": str(self._home), "TMPDIR": str(self._scratch), "PYTHONDONTWRITEBYTECODE": "1"}
        dropped = ("XDG_", "MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER", "NUMBA_CACHE_DIR")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        return subprocess.run(
            [sys.executable, "-m", "autograder", *map(str, arguments), "--course", str(self._course)],
            env=kept | private | {"AUTOGRADER_CANARY": SECRETS["the environment"]},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    def _everything(self, students: list[str]) -> dict[str, object]:
        """All that grading these `students` must leave as it is, by name."""
        theirs = [self._course / step / name for step in ("autograded", "feedback") for name in students]
        ours = [self._course / "gradebook.db", self._course / ".executed", self._log]
        found: dict[str, object] = {}
        found |= contents(self._course, self._home, self._scratch, leaving_out=[*theirs, *ours])
        for package in PACKAGES:
            found |= times(package)
        found |= {f"left in {path}": True for path in marks()}
        found |= {f"process {process}": True for process in processes()}
        found |= {f"visitor {number} by {how}": True for number, how in enumerate(self._servers.visitors())}
        found |= {f"scores of {name}": row for name, row in self._rows.items() if name not in students}
        return found


def _differences(before: dict[str, object], after: dict[str, object]) -> list[str]:
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return [f"{'new' if name not in before else 'gone' if name not in after else 'changed'}: {name}" for name in names]
