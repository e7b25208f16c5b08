"""The exercises of a notebook: its plan, as grading has it, and which exercise each test judges."""

from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.errors import SourceError
from autograder.grading.cells import Cell, Plan, plan_of

__all__ = ["Exercises", "exercises_of"]


@dataclass(frozen=True)
class Exercises:
    """The instructor's notebook, as a submission with all solutions in it."""

    plan: Plan
    judged: dict[str, str]
    """Exercise that a test judges, the grade_id of a solution cell, by the test's id."""
    points: dict[str, float]
    """Points of each test, by its id."""

    @property
    def solutions(self) -> tuple[Cell, ...]:
        """The solution cells."""
        return tuple(cell for cell in self.plan.cells if cell.kind == "student")

    @property
    def names(self) -> tuple[str, ...]:
        """Every exercise that a test judges, in order."""
        return tuple(dict.fromkeys(self.judged.values()))

    def max_points(self, exercise: str) -> float:
        """Points of all tests that judge an exercise."""
        return sum(self.points[test] for test, judged in self.judged.items() if judged == exercise)


def exercises_of(notebook: NotebookNode) -> Exercises:
    """The exercises of the instructor's notebook.

    A test belongs to the exercise of its name, `test-EXERCISE` or `test-EXERCISE-PART`; under any other name, to the
    solution cell before it.

    Raises:
        SourceError: a test before any solution cell, or a graded cell that does not compile.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader"):
            _check_compiles(cell)
    plan = plan_of(notebook, notebook)
    solutions: list[str] = []
    judged: dict[str, str] = {}
    for planned in plan.cells:
        if planned.kind == "student":
            solutions.append(planned.id)
        elif planned.kind == "test":
            judged[planned.id] = _judged(planned.id, solutions)
    points = {cell.id: float(cell.metadata.nbgrader.points) for cell in notebook.cells if cell.id in judged}
    return Exercises(plan, judged, points)


def _check_compiles(cell: NotebookNode) -> None:
    try:
        compile(cell.source, cell.id, "exec")
    except SyntaxError as error:
        raise SourceError(
            f"the cell {cell.id} does not compile", got=str(error), expected="Python", fix="correct it"
        ) from error


def _judged(test: str, solutions: list[str]) -> str:
    """The exercise that a test judges, of the solution cells above it."""
    name = test.removeprefix("test-")
    # "test-conv_backward-dx" names conv_backward, and not conv: the longest name that fits.
    named = [known for known in solutions if name == known or name.startswith(f"{known}-")]
    if not solutions:
        raise SourceError(
            f"the test {test} comes before any solution cell",
            expected="the exercise first",
            fix="move the test below the cell that it judges",
        )
    return max(named, key=len) if named else solutions[-1]
