"""What nbgrader's metadata says of a cell. The words are those of nbgrader's schema."""

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

__all__ = ["is_grade", "is_solution", "is_test", "is_untouched"]


def is_grade(cell: NotebookNode) -> bool:
    """Whether a cell gives points: a test, or an answer that a person marks."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def is_solution(cell: NotebookNode) -> bool:
    """Whether students write in a cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell gives points by running."""
    return is_grade(cell) and not is_solution(cell)


def is_untouched(cell: NotebookNode) -> bool:
    """Whether a solution cell is as it was released, by the checksum that the release left in it."""
    return bool(cell.metadata.nbgrader.get("checksum") == compute_checksum(cell))
