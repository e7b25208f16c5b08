"""Covers `guest.liveness`: which cells run, against lists worked out by hand."""

import pytest
from autograder.guest.liveness import CellNames, live_cells


def demonstration(binds: str = "", reads: str = "") -> CellNames:
    return CellNames("demonstration", binds.split(), reads.split())


def shared(binds: str = "", reads: str = "") -> CellNames:
    return CellNames("shared", binds.split(), reads.split())


STUDENT, TEST = CellNames("student", [], []), CellNames("test", [], [])

CASES = {
    # cells, the names that student cells read, and whether each cell runs
    "nothing": ([], "", []),
    "a picture": ([demonstration("fig", "np"), STUDENT], "np", [False, True]),
    "read by an answer": ([demonstration("rate"), STUDENT], "rate", [True, True]),
    "read by an answer above it, which may be called below": ([STUDENT, demonstration("rate")], "rate", [True, True]),
    "read by a locked cell": ([demonstration("a"), shared("b", "a")], "", [True, True]),
    "read by a locked cell above it": ([shared("b", "a"), demonstration("a")], "", [True, False]),
    "a chain": ([demonstration("a"), demonstration("b", "a"), demonstration("c", "a"), STUDENT], "b", [1, 1, 0, 1]),
    "what a dead cell reads": ([demonstration("a"), demonstration("b", "a")], "", [False, False]),
    "bound twice, so both run": ([demonstration("a"), demonstration("a")], "a", [True, True]),
    "only a test would read it": ([demonstration("a"), CellNames("test", [], ["a"]), TEST], "", [False, True, True]),
}


@pytest.mark.parametrize("case", CASES)
def test_which_cells_run(case: str) -> None:
    cells, reads, live = CASES[case]
    assert live_cells(cells, reads.split()) == live
