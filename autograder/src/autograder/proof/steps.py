"""A notebook as what must run, in order, to try one exercise's answers: the cells, and which of them are needed.

Pictures, training runs and other exercises' tests cost seconds and decide nothing. So a cell that is neither a
solution nor imports nor locked runs only if something that runs later reads a name that it binds.
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
    """Whether it must run for what comes after it."""


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
    name = identifier.removeprefix("test-")
    named = [known for known in solutions if name == known or name.startswith(f"{known}-")]
    if not solutions:
        raise SourceError(
            f"the test {identifier} comes before any solution cell",
            expected="the exercise first",
            fix="move the test below the cell that it judges",
        )
    return max(named, key=len) if named else solutions[-1]


def _only_needed(steps: list[Step]) -> list[Step]:
    """The same steps, marked from the last to the first."""
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
    """Names that a cell binds, and those that it reads from cells before it."""
    try:
        code = compile(step.source, step.identifier, "exec")
    except SyntaxError as error:
        if step.role == "demonstration":  # a magic; nothing that is graded can depend on it
            return set(), set()
        raise SourceError(
            f"the cell {step.identifier} does not compile", got=str(error), expected="Python", fix="correct it"
        ) from error
    return names_of(code)
