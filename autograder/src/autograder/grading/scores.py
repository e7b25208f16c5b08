"""From the outputs of a notebook's test cells to scores in the gradebook."""

from nbformat import NotebookNode

from autograder.course.nbgrader_cells import is_solution, is_test, is_untouched

__all__ = ["score_of", "scores_of"]


def score_of(cell: NotebookNode) -> float | None:
    """Points of one graded cell; None if a person has to mark it.

    nbgrader's meaning, made strict where nbgrader is generous by accident: a result that is no number of points
    scores 0 there where nbgrader gives all, and a warning on stderr does not take the points of a right answer.

    >>> from nbformat.v4 import new_code_cell, new_output
    >>> result = new_output("execute_result", {"text/plain": "1.5"})
    >>> cell = new_code_cell(outputs=[result], metadata={"nbgrader": {"grade": True, "points": 2}})
    >>> score_of(cell)
    1.5
    """
    if is_solution(cell):
        return 0.0 if is_untouched(cell) else None
    if cell.cell_type != "code":
        return None
    points = float(cell.metadata.nbgrader["points"])
    if any(output.output_type == "error" for output in cell.outputs):
        return 0.0
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    if not results:
        return points
    return _number(results[0].data.get("text/plain", ""), points)


def scores_of(notebook: NotebookNode) -> dict[str, float]:
    """Points of a notebook's tests, by grade_id."""
    tests = [cell for cell in notebook.cells if is_test(cell)]
    return {cell.metadata.nbgrader.grade_id: score_of(cell) or 0.0 for cell in tests}


def _number(text: str, points: float) -> float:
    try:
        score = float(text)
    except ValueError:
        return 0.0
    return score if 0 <= score <= points else 0.0
