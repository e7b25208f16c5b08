"""One course for all attacks, graded by the `autograder` command in a process of its own.

How exact scores and a class that nobody disturbs are shown within minutes: a kind of attacks is one run, with canaries
before, between and behind the attacks in the order in which they are graded, some right and some wrong, all new, so
that each really runs. Scores, states and pages are looked at one by one. What must not change - files, processes,
servers, everybody else's scores - is looked at around the run; only if it has changed are the attacks graded again,
each alone, to name the one that did it. A run of each alone would cost nbgrader's start, two seconds, each time.
"""

import copy
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from autograder.answers import answers_of
from hostile import POINTS, Archive, Attack
from surroundings import Servers, contents, marks, processes, times

__all__ = ["ASSIGNMENT", "HIDDEN", "SECRETS", "Collection", "GradingRoom", "Round"]

ASSIGNMENT = "02-target"
SOLUTIONS = Path(__file__).parents[1] / "fixtures" / "solutions"

HIDDEN = ("7319.25", "2468.5", "0.52083", "48611", "83147", "6127.5", "BEGIN HIDDEN")
"""Inputs that stand in hidden tests only."""

SECRETS = {
    "the environment": "canary-of-the-environment",
    "the home folder": "canary-of-the-home-folder",
    "another submission": "canary-of-another-submission",
}

CANARIES = ("0-right", "f-wrong", "m-right", "s-wrong", "zz-right")
"""Their names put them before, between and behind the attacks."""

HURRIED = {"denying": 4, "wire": 4}
"""Seconds for one cell where attacks run into the limit on purpose."""


@dataclass
class Round:
    """What one run came to."""

    rows: dict[str, dict[str, Any]]
    """The report's row of each student."""
    changes: list[str] = field(default_factory=list)
    """What is not as it was before."""
    shown: str = ""
    """All that the instructor reads: what the commands printed, the table, the page."""
    table: str = ""
    """The table as CSV."""


@dataclass
class Collection:
    """What became of an archive."""

    status: int
    output: str
    changes: list[str]
    arrived: frozenset[str]


class GradingRoom:
    """A course folder, a home and a folder for temporary files, all below `base`."""

    def __init__(self, base: Path, servers: Servers) -> None:
        self.course, self.home, self.scratch = base / "course", base / "home", base / "tmp"
        for folder in (self.course, self.home / ".ssh", self.scratch):
            folder.mkdir(parents=True)
        for name in (".ssh/id_ed25519", ".netrc"):
            (self.home / name).write_text(SECRETS["the home folder"], encoding="utf-8")
        self.servers = servers
        self.run("release", "02", "--solutions", SOLUTIONS)
        source = nbformat.read(self.course / "source" / ASSIGNMENT / "target.ipynb", as_version=4)
        self.answers = answers_of(source)
        self.rounds: dict[str, Round] = {}

    def run(self, *arguments: object, fails: bool = False) -> str:
        """What the command prints; an AssertionError with it if it should not have failed, or should have."""
        done = self._command(*arguments)
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout

    def _command(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        private = {"HOME": str(self.home), "TMPDIR": str(self.scratch), "PYTHONDONTWRITEBYTECODE": "1"}
        dropped = ("XDG_", "MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER", "NUMBA_CACHE_DIR")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        return subprocess.run(
            [sys.executable, "-m", "autograder", *map(str, arguments), "--course", str(self.course)],
            env=kept | private | {"AUTOGRADER_CANARY": SECRETS["the environment"]},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    # What is handed in

    def hand_in(self, attack: Attack) -> None:
        """Put an attack's file into submitted/."""
        notebook = json.loads((self.course / "course" / attack.edition / ASSIGNMENT / "target.ipynb").read_bytes())
        given = (self.answers if attack.others == "right" else {}) | attack.cells
        notebook["cells"] = [made for cell in notebook["cells"] for made in self._filled(cell, given, attack.extra)]
        if attack.change:
            attack.change(notebook)
        path = self.place(attack.student)
        path.parent.mkdir(parents=True)
        data = json.dumps(notebook, indent=1).encode()
        attack.write(path, data) if attack.write else path.write_bytes(data)

    def _filled(self, cell: dict[str, Any], given: dict[str, str], extra: dict[str, str]) -> list[dict[str, Any]]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        filled = copy.deepcopy(cell)
        if name in given:
            filled["source"] = self._known(given[name])
        if name not in extra:
            return [filled]
        added = {"cell_type": "code", "execution_count": None, "id": f"mine-{name}", "metadata": {}, "outputs": []}
        return [added | {"source": self._known(extra[name])}, filled]

    def _known(self, source: str) -> str:
        """A source with what its author could guess about this machine."""
        guesses = {"COURSE": self.course, "HOME": self.home, "PORT": self.servers.port, "SOCKET": self.servers.name}
        for name, value in guesses.items():
            source = source.replace(f"@{name}@", str(value))
        return source.strip("\n") if source.startswith("\n") else source

    def hand_in_canary(self, student: str, right: bool) -> None:
        """Put in an honest submission that nobody has handed in before, with a secret in it."""
        note = f"# {SECRETS['another submission']} {student}\n"
        answers = self.answers if right else {name: f"def {name}(*_, **__):\n    return 1.25" for name in POINTS}
        notebook = json.loads((self.course / "course" / "en" / ASSIGNMENT / "target.ipynb").read_bytes())
        given = {name: note + answers[name] for name in POINTS}
        notebook["cells"] = [made for cell in notebook["cells"] for made in self._filled(cell, given, {})]
        self.place(student).parent.mkdir(parents=True)
        self.place(student).write_text(json.dumps(notebook), encoding="utf-8")

    def solved(self) -> bytes:
        """A notebook with all the right answers."""
        notebook = json.loads((self.course / "course" / "en" / ASSIGNMENT / "target.ipynb").read_bytes())
        notebook["cells"] = [made for cell in notebook["cells"] for made in self._filled(cell, self.answers, {})]
        return json.dumps(notebook).encode()

    def place(self, student: str, step: str = "submitted", suffix: str = "ipynb") -> Path:
        """Path of a student's file."""
        return self.course / step / student / ASSIGNMENT / f"target.{suffix}"

    # What becomes of it

    def graded(self, kind: str, attacks: list[Attack]) -> Round:
        """One run with all of a kind and canaries between them; done once, then remembered."""
        if kind not in self.rounds:
            self._warm_up()
            for attack in attacks:
                self.hand_in(attack)
            canaries = {f"{kind}-{name}": name.endswith("right") for name in CANARIES}
            for student, right in canaries.items():
                self.hand_in_canary(student, right)
            self.rounds[kind] = self._round([attack.student for attack in attacks], list(canaries), HURRIED.get(kind))
        return self.rounds[kind]

    def _warm_up(self) -> None:
        """Grade somebody, so that whatever the grader itself keeps is there."""
        if not self.rounds:
            self.hand_in_canary("0-first", right=True)
            self.rounds["first"] = self._round(["0-first"], [], None)

    def _round(self, students: list[str], canaries: list[str], seconds: int | None) -> Round:
        before = self._everything(students + canaries)
        limit = ("--cell-seconds", seconds) if seconds else ()
        shown = [self._grade(*students, *canaries, *limit)]
        # what an attack left behind is met by those who come afterwards
        shown += [self._grade("--force", canary, *limit) for canary in canaries[:1]]
        shown.append(self.run("feedback", "02", *students, *canaries))
        csv, html = self.scratch.parent / "report.csv", self.scratch.parent / "report.html"
        shown.append(self.run("report", "02", "--csv", csv, "--html", html))
        shown.append(html.read_text(encoding="utf-8"))
        changes = _differences(before, self._everything(students + canaries))
        rows = json.loads(self.run("report", "02", "--json"))["submissions"]
        mine = {row["student"]: row for row in rows if row["student"] in {*students, *canaries}}
        table = csv.read_text(encoding="utf-8")
        found = Round(mine, changes, "\n".join(shown), table)
        if changes and canaries:
            found.changes += [f"after {name} alone: {what}" for name in students for what in self._alone(name, limit)]
        return found

    def _grade(self, *arguments: object) -> str:
        # a status other than 0 says that somebody could not be graded; the report says who
        done = self._command("grade", "02", *arguments)
        return done.stdout + done.stderr

    def _alone(self, student: str, limit: tuple[object, ...]) -> list[str]:
        before = self._everything([student])
        self._grade("--force", student, *limit)
        return _differences(before, self._everything([student]))

    def _everything(self, students: list[str]) -> dict[str, object]:
        """All that grading these `students` must leave as it is, by name."""
        results = [self.course / step / name for step in ("autograded", "feedback") for name in students]
        stores = [self.course / name for name in ("gradebook.db", ".executed", ".nbgrader.log")]
        found: dict[str, object] = {}
        found |= contents(self.course, self.home, self.scratch, leaving_out=[*results, *stores])
        found |= times(Path(sys.prefix))
        for package in ("pkg", "autograder"):
            found |= times(Path(__file__).parents[3] / package)
        found |= {f"left in {path}": True for path in marks()}
        found |= {f"process {process.pid} {process.name()}": True for process in processes(self._known_processes)}
        found |= {f"visitor {number} by {how}": True for number, how in enumerate(self.servers.visitors())}
        report = self._command("report", "02", "--json")
        rows = json.loads(report.stdout)["submissions"] if report.returncode == 0 else []
        found |= {f"scores of {row['student']}": row for row in rows if row["student"] not in students}
        return found

    @property
    def _known_processes(self) -> list[Any]:
        return []

    def collected(self, archive: Archive) -> Collection:
        """Collect one archive and say what has changed on the disk besides what has been submitted."""
        self._warm_up()
        path = self.scratch.parent / "export"
        if path.exists():
            path.unlink()
        archive.pack(path, self.solved())
        before = contents(self.scratch.parent)
        done = self._command("collect", "02", path)
        after = contents(self.scratch.parent)
        changes = _differences(before, after)
        places = {str(self.place(student)): student for student in archive.graded}
        arrived = {student for place, student in places.items() if place in after}
        folders = {str(parent) for place in places for parent in Path(place).parents}
        return Collection(
            done.returncode,
            done.stdout + done.stderr,
            [change for change in changes if not any(change.endswith(place) for place in {*places, *folders})],
            frozenset(arrived),
        )

    def collected_are_graded(self, students: list[str]) -> Round:
        """One run with all that archives brought in."""
        if "archives" not in self.rounds:
            self.rounds["archives"] = self._round(students, [], None)
        return self.rounds["archives"]

    def page(self, student: str) -> str:
        """The feedback page that a student gets."""
        return self.place(student, "feedback", "html").read_text(encoding="utf-8")

    def close(self) -> None:
        """Leave nothing behind, neither links nor giants."""
        shutil.rmtree(self.scratch.parent)


def _differences(before: dict[str, object], after: dict[str, object]) -> list[str]:
    words = {(True, False): "is gone", (False, True): "is new"}
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return [f"{words.get((name in before, name in after), 'has changed')}: {name}" for name in names]
