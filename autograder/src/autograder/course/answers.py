"""Answers to exercises, and released notebooks filled with them as by a student."""

import ast
import copy
import re
from pathlib import Path

from nbformat import NotebookNode

from autograder.errors import SourceError

__all__ = ["answers_of", "fill", "load_answer"]

MARKERS = re.compile(r"^ *(?:### (?:BEGIN|END) SOLUTION|=== (?:BEGIN|END) MARK SCHEME ===)\n?\n?", re.MULTILINE)
"""Lines that mark solutions and marking schemes in an instructor's cell, which a student's cell has not."""


def answers_of(notebook: NotebookNode) -> dict[str, str]:
    """Source of each solution cell by grade_id: the solutions, if it is the instructor's notebook."""
    settings = ((cell, cell.metadata.get("nbgrader")) for cell in notebook.cells)
    return {
        nbgrader.grade_id: MARKERS.sub("", cell.source) for cell, nbgrader in settings if nbgrader and nbgrader.solution
    }


def fill(notebook: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """A copy of a released notebook with answers, by grade_id, in its cells. Other cells stay as released.

    Raises:
        SourceError: a grade_id is not one of a solution cell.
    """
    filled = copy.deepcopy(notebook)
    unknown = answers.keys() - answers_of(notebook).keys()
    if unknown:
        raise SourceError(
            "some answers belong to no exercise",
            got=", ".join(sorted(unknown)),
            expected=f"some of {', '.join(answers_of(notebook))}",
            fix="name the answers after the exercises",
        )
    for cell in filled.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id]
    return filled


def load_answer(path: Path) -> tuple[str, str]:
    """Exercise and code of one answer file, `answers/wrong/sigmoid-overflow.py`.

    The file's docstring describes the answer and is not part of it.
    """
    text = path.read_text(encoding="utf-8")
    body = ast.parse(text).body
    lines = text.splitlines()[body[0].end_lineno if ast.get_docstring(ast.parse(text)) else 0 :]
    return path.stem.partition("-")[0], "\n".join(lines).strip("\n")
