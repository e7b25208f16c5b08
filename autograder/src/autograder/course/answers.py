"""Answers to exercises, and notebooks filled with them as a student would fill them."""

import ast
import copy
import re
from pathlib import Path

from nbformat import NotebookNode

from autograder.errors import SourceError

__all__ = ["answers_of", "fill", "load_answer"]

MARKERS = re.compile(r"^ *(?:### (?:BEGIN|END) SOLUTION|=== (?:BEGIN|END) MARK SCHEME ===)\n?\n?", re.MULTILINE)
"""What an instructor's solution has around it that a student's would not."""


def answers_of(notebook: NotebookNode) -> dict[str, str]:
    """Source of each cell that a student may fill, by grade_id: of the instructor's notebook, its solutions."""
    settings = ((cell, cell.metadata.get("nbgrader")) for cell in notebook.cells)
    return {
        nbgrader.grade_id: MARKERS.sub("", cell.source) for cell, nbgrader in settings if nbgrader and nbgrader.solution
    }


def fill(notebook: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """A copy of a released notebook with `answers` by grade_id in its cells; the others stay as released.

    Raises:
        SourceError: an answer to something that the notebook does not ask.
    """
    filled = copy.deepcopy(notebook)
    unknown = answers.keys() - answers_of(notebook).keys()
    if unknown:
        raise SourceError(
            "there are answers to no exercise",
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

    The file's docstring speaks about the answer and is no part of it.
    """
    text = path.read_text(encoding="utf-8")
    body = ast.parse(text).body
    lines = text.splitlines()[body[0].end_lineno if ast.get_docstring(ast.parse(text)) else 0 :]
    return path.stem.partition("-")[0], "\n".join(lines).strip("\n")
