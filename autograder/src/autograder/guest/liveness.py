"""Which cells of a notebook must run: pictures and training runs take seconds and decide nothing.

Grading and proving both ask here, so that an answer sees the same names in both.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

__all__ = ["CellNames", "live_cells"]


class CellNames(NamedTuple):
    """The kind of a cell, as in `autograder.grading.cells`, and the names that it binds and reads."""

    kind: str
    binds: Collection[str]
    reads: Collection[str]


def live_cells(cells: Sequence[CellNames], student_reads: Iterable[str]) -> list[bool]:
    """Whether each cell must run: all but the demonstrations whose names nobody reads.

    Args:
        cells: in the notebook's order; what student and test cells read is ignored here.
        student_reads: names that the student's cells read, wherever these cells are.

    >>> live_cells([CellNames("demonstration", ["a"], ["b"]), CellNames("demonstration", ["c"], [])], ["a"])
    [True, False]
    """
    wanted = set(student_reads)
    live = []
    # From the last cell to the first, so that what a live demonstration reads is wanted above it.
    for cell in reversed(cells):
        alive = cell.kind != "demonstration" or not wanted.isdisjoint(cell.binds)
        # Tests read nothing from the student's side but functions and values, which student cells bind.
        if alive and cell.kind in ("demonstration", "shared"):
            wanted.update(cell.reads)
        live.append(alive)
    return live[::-1]
