"""From an attack's declaration to the file in submitted/, as its author would have made it of the release."""

import json
from pathlib import Path
from typing import Any

import nbformat
from autograder.course.answers import answers_of
from hostile import POINTS, Attack

__all__ = ["ASSIGNMENT", "SECRETS", "Desk"]

ASSIGNMENT = "02-target"

SECRETS = {
    "the environment": "canary-of-the-environment",
    "the home folder": "canary-of-the-home-folder",
    "another submission": "canary-of-another-submission",
}
"""Texts that lie where a submission must not look."""


class Desk:
    """Where notebooks are handed in.

    Args:
        course: the course folder, with the target released.
        guesses: what a student could guess about this machine, by the word that stands for it in an attack.
    """

    def __init__(self, course: Path, guesses: dict[str, object]) -> None:
        self._course, self._guesses = course, guesses
        source = nbformat.read(course / "source" / ASSIGNMENT / "target.ipynb", as_version=4)
        self._answers = answers_of(source)

    def place(self, student: str, step: str = "submitted", suffix: str = "ipynb") -> Path:
        """Path of a student's file."""
        return self._course / step / student / ASSIGNMENT / f"target.{suffix}"

    def solved(self) -> bytes:
        """A notebook with all the right answers."""
        return json.dumps(self._filled(self._answers)).encode()

    def hand_in(self, attack: Attack) -> None:
        """Put an attack's file in its place."""
        given = (self._answers if attack.others == "right" else {}) | attack.cells
        notebook = self._filled(given, attack.extra, attack.edition)
        if attack.change:
            attack.change(notebook)
        data = json.dumps(notebook, indent=1).encode()
        path = self._new_place(attack.student)
        attack.write(path, data) if attack.write else path.write_bytes(data)

    def hand_in_canary(self, student: str, right: bool) -> None:
        """Put in an honest submission that nobody has handed in before, with a secret in it."""
        note = f"# {SECRETS['another submission']} {student}\n"
        answers = self._answers if right else {name: f"def {name}(*_, **__):\n    return 1.25" for name in POINTS}
        notebook = self._filled({name: note + answers[name] for name in POINTS})
        self._new_place(student).write_text(json.dumps(notebook), encoding="utf-8")

    def _new_place(self, student: str) -> Path:
        path = self.place(student)
        path.parent.mkdir(parents=True)
        return path

    def _filled(
        self, answers: dict[str, str], extra: dict[str, str] | None = None, edition: str = "en"
    ) -> dict[str, Any]:
        """The released notebook as JSON, with answers in its cells and cells of the student's own above them."""
        path = self._course / "course" / edition / ASSIGNMENT / "target.ipynb"
        notebook: dict[str, Any] = json.loads(path.read_bytes())
        cells = []
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in (extra or {}):
                own = {
                    "cell_type": "code",
                    "execution_count": None,
                    "id": f"mine-{name}",
                    "metadata": {},
                    "outputs": [],
                }
                cells.append(own | {"source": self._guessed(extra[name])})
            cells.append(cell | ({"source": self._guessed(answers[name])} if name in answers else {}))
        return notebook | {"cells": cells}

    def _guessed(self, source: str) -> str:
        for word, value in self._guesses.items():
            source = source.replace(f"@{word}@", str(value))
        return source.strip("\n") if source.startswith("\n") else source
