"""The steps of a notebook: its code cells in order, and which of them must run to try an exercise's answers.

Pictures, training runs and other exercises' tests take seconds and decide nothing. So a demonstration, a cell that is
neither locked nor a solution nor a test, runs only if a later step reads a name that it binds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nbformat import NotebookNode

from autograder.errors import SourceError
from autograder.guest.names import names_of

__all__ = ["Role", "Step", "exercises_of", "steps_of"]

Role = Literal["solution", "test", "locked", "demonstration"]


@dataclass(frozen=True)
class Step:
    """One code cell."""

    identifier: str
    role: Role
    source: str
    points: float = 0.0
    exercise: str = ""
    """Of a test: the grade_id of the solution cell that it judges."""
    needed: bool = True
    """Whether a later step depends on it."""


def steps_of(notebook: NotebookNode) -> tuple[Step, ...]:
    """The code cells of the instructor's notebook.

    A test belongs to the exercise of its name, `test-EXERCISE` or `test-EXERCISE-PART`; under any other name, to the
    solution cell before it.

    Raises:
        SourceError: a test before any solution cell, or a graded cell that does not compile.
    """
    steps: list[Step] = []
    solutions: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        settings = cell.metadata.get("nbgrader", {})
        exercise = ""
        if settings.get("solution"):
            role: Role = "solution"
            solutions.append(cell.id)
        elif settings.get("grade"):
            role, exercise = "test", _judged(cell.id, solutions)
        else:
            role = "locked" if settings.get("locked") else "demonstration"
        steps.append(Step(cell.id, role, cell.source, float(settings.get("points", 0)), exercise))
    return tuple(_only_needed(steps))


def exercises_of(steps: Iterable[Step]) -> dict[str, float]:
    """Points of every exercise that a test judges, in order."""
    points: dict[str, float] = {}
    for step in steps:
        if step.role == "test":
            points[step.exercise] = points.get(step.exercise, 0.0) + step.points
    return points


def _judged(identifier: str, solutions: list[str]) -> str:
    """The exercise that a test judges, of the solution cells above it."""
    name = identifier.removeprefix("test-")
    # "test-conv_backward-dx" names conv_backward, and not conv: the longest name that fits.
    named = [known for known in solutions if name == known or name.startswith(f"{known}-")]
    if not solutions:
        raise SourceError(
            f"the test {identifier} comes before any solution cell",
            expected="the exercise first",
            fix="move the test below the cell that it judges",
        )
    return max(named, key=len) if named else solutions[-1]


def _only_needed(steps: list[Step]) -> list[Step]:
    """The same steps with `needed` set, worked out from the last to the first."""
    wanted: set[str] = set()
    marked: list[Step] = []
    for step in reversed(steps):
        bound, read = _names(step)
        needed = step.role in ("solution", "locked") or bool(bound & wanted)
        if needed:
            wanted -= bound
        if needed or step.role == "test":
            wanted |= read
        marked.append(Step(**{**vars(step), "needed": needed}))
    return marked[::-1]


def _names(step: Step) -> tuple[set[str], set[str]]:
    """Names that a cell binds, and names that it reads from cells before it."""
    try:
        code = compile(step.source, step.identifier, "exec")
    except SyntaxError as error:
        if step.role == "demonstration":
            # A magic, such as %timeit, on which nothing that is graded can depend.
            return set(), set()
        raise SourceError(
            f"the cell {step.identifier} does not compile", got=str(error), expected="Python", fix="correct it"
        ) from error
    return names_of(code)
