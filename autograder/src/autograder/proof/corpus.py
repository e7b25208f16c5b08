"""The answers that prove a notebook's tests, from answers/wrong/ and answers/right/ beside its source.

A file is named EXERCISE-SLUG.py and holds what a student would have in the solution cell. Its docstring says what
is special about it. That of a wrong answer ends with the mistake that the report must name::

    \"\"\"The gradient is summed over the batch while the loss is a mean.

    Diagnosis: sum-for-mean
    \"\"\"

The diagnosis is a name that `chainrule.check` gives the mistake, or `time-limit` or `crash` for code that never
returns. Where no check can name the mistake, it is words of the English report, in quotation marks.
"""

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.course.answers import load_answer
from autograder.course.source import Source
from autograder.errors import SourceError

__all__ = ["Answer", "Kind", "load_corpus"]

Kind = Literal["wrong", "right", "reference", "stub"]
"""What an answer must get: fewer than all points (wrong), all (right and reference), none (stub)."""
_DIAGNOSIS = re.compile(r"^Diagnosis:[ \t]*(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise."""

    name: str
    """The file's stem: "sigmoid-overflows"."""
    exercise: str
    kind: Kind
    source: str
    summary: str
    """First line of its docstring."""
    diagnosis: str = ""
    """What the report must say about a wrong answer."""


def load_corpus(source: Source, exercises: Collection[str]) -> tuple[Answer, ...]:
    """Every answer to a notebook, in order of kind and name.

    Raises:
        SourceError: an answer belongs to no exercise, does not compile, or has no docstring or diagnosis.
    """
    folder = source.path.parent / "answers"
    paths = [(kind, path) for kind in ("wrong", "right") for path in sorted((folder / kind).glob("*.py"))]
    return tuple(_load(path, kind, exercises) for kind, path in paths)  # type: ignore[arg-type]


def _load(path: Path, kind: Kind, exercises: Collection[str]) -> Answer:
    exercise = path.stem.partition("-")[0]
    if exercise not in exercises:
        raise SourceError(
            f"{path}: an answer to no exercise",
            got=repr(exercise),
            expected=f"one of {', '.join(exercises)}",
            fix="name the file EXERCISE-SLUG.py",
        )
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        compile(tree, path.name, "exec")
    except (SyntaxError, ValueError) as error:
        raise SourceError(
            f"{path}: this answer does not compile", got=str(error), expected="Python", fix="correct the file"
        ) from error
    docstring = ast.get_docstring(tree) or ""
    if not docstring:
        raise SourceError(
            f"{path}: this answer has no docstring",
            got="code alone",
            expected="a sentence that says what is special about it",
            fix="begin the file with one",
        )
    diagnoses = _DIAGNOSIS.findall(docstring)
    if len(diagnoses) != (kind == "wrong") or not all(diagnoses):
        raise SourceError(
            f"{path}: a {kind} answer's docstring needs {'a' if kind == 'wrong' else 'no'} diagnosis",
            got=f"{len(diagnoses)} lines that begin with Diagnosis:",
            expected="one line such as Diagnosis: sum-for-mean" if kind == "wrong" else "none",
            fix="say what the report must call the mistake" if kind == "wrong" else "remove it, or move the file",
        )
    summary = docstring.strip().partition("\n")[0]
    return Answer(path.stem, exercise, kind, load_answer(path)[1], summary, diagnoses[0].strip() if diagnoses else "")
