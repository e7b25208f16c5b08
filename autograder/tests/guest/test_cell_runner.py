"""One of the instructor's cells, run here in two parts, against the outputs that a notebook would show of each."""

import sys
from typing import Any

import numpy as np
import pytest
from autograder.guest.cell_runner import CellRunner
from autograder.guest.link import Interruption
from autograder.guest.proxies import StudentError, StudentText

HIDDEN = "### BEGIN HIDDEN TESTS\n"
END = "### END HIDDEN TESTS\n"


def run(source: str, **names: object) -> CellRunner:
    """Both parts of a cell, one after the other."""
    cell = CellRunner(source, "test-f")
    cell.run_visible(names)
    cell.run_hidden(names)
    return cell


def shown(cell: CellRunner) -> list[str]:
    """Each output in a word: what was printed, the points, or the error."""
    return [_word(output) for output in cell.outputs]


def _word(output: dict[str, Any]) -> str:
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    return str(output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"])


def fails(error: BaseException) -> object:
    def call(*_: object) -> None:
        raise error

    return call


CELLS = {
    # a cell, and its outputs
    "nothing": ("", []),
    "no value": ("a = 1", []),
    "points": ("1.5", ["1.5"]),
    "points of NumPy": ("np.float64(1.5)", ["1.5"]),
    "a comparison of NumPy": ("np.float64(1) == 1", ["True"]),
    "None": ("None", []),
    "a value that is not last": ("1\na = 2", []),
    "printed and points": ("print('a')\nprint('b')\n2", ["a\nb\n", "2"]),
    "a warning is only text": ("import sys\nsys.stderr.write('careful') and None", ["careful"]),
    "an assertion": ("assert 1 == 2, 'no'\n2", ["AssertionError: no"]),
    "no Python": ("def f(", ["SyntaxError: '(' was never closed (<test-f>, line 1)"]),
    "leaves": ("raise SystemExit(0)", ["SystemExit: 0"]),
    "visible points before hidden tests do not count": (f"2\n{HIDDEN}a = 1\n{END}", []),
    "points below hidden tests": (f"a = 1\n{HIDDEN}assert a == 1\n{END}a + 1", ["2"]),
    "a hidden failure": (f"{HIDDEN}assert 1 == 2, 'f(3) is not 9'\n{END}2", ["AssertionError: in a hidden test"]),
    "a visible failure ends the hidden part": (
        f"a = []\na[0]\n{HIDDEN}1\n{END}",
        ["IndexError: list index out of range"],
    ),
    "a statement over the marker is hidden as a whole": (
        f"if 1:\n    a = []\n    {HIDDEN}    a[0]",
        ["IndexError: in a hidden test"],
    ),
}


@pytest.mark.parametrize("case", CELLS)
def test_outputs_of_a_cell(case: str) -> None:
    source, outputs = CELLS[case]
    assert shown(run(source, np=np)) == outputs


def test_the_parts_run_apart_and_once() -> None:
    calls: list[str] = []
    cell = CellRunner(f"calls.append('visible')\n{HIDDEN}calls.append('hidden')\n{END}", "test-f")
    names = {"calls": calls}
    assert cell.has_hidden_part
    cell.run_visible(names)
    cell.run_visible(names)
    assert calls == ["visible"]
    assert cell.has_hidden_part
    cell.run_hidden(names)
    cell.run_hidden(names)
    assert calls == ["visible", "hidden"]
    assert not cell.has_hidden_part


def test_what_is_discarded_does_not_run() -> None:
    cell = CellRunner(f"1 / 0\n{HIDDEN}1 / 0\n{END}", "test-f")
    cell.discard_rest()
    cell.run_visible({})
    cell.run_hidden({})
    assert cell.outputs == []


ERRORS = {
    # what a student's function raises: the error of a visible test, and of a hidden one
    "one of Python's": (StudentError("ValueError", "got 3"), "ValueError: got 3", "ValueError: in a hidden test"),
    "one of the student's": (StudentError("Input3", "got 3"), "Input3: got 3", "Exception: in a hidden test"),
    "a long text": (StudentError("E", "x" * 2000), "E: " + "x" * 1000, "Exception: in a hidden test"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_a_students_error_carries_nothing_out_of_a_hidden_test(case: str) -> None:
    error, visible, hidden = ERRORS[case]
    assert shown(run("f(3)", f=fails(error))) == [visible]
    assert shown(run(f"{HIDDEN}f(3)\n{END}", f=fails(error))) == [hidden]


def test_what_a_student_prints_is_kept_in_visible_tests_alone() -> None:
    def f(x: int) -> None:
        sys.stdout.write(StudentText(f"called with {x}. "))

    source = f"f(1)\n{HIDDEN}f(2)\nprint('a line of the test')\n{END}"
    assert shown(run(source, f=f)) == ["called with 1. a line of the test\n"]


def test_the_end_of_a_worker_is_no_error_of_the_cell() -> None:
    cell = CellRunner("try:\n    f()\nexcept Exception:\n    pass", "test-f")
    with pytest.raises(Interruption):
        cell.run_visible({"f": fails(Interruption())})
    assert cell.outputs == []


def test_a_report_is_shown_as_html_beside_its_points() -> None:
    class Points(float):
        def _repr_html_(self) -> str:
            return "<p>1 of 2</p>"

    (output,) = run("points", points=Points(1)).outputs
    assert output["output_type"] == "execute_result"
    assert output["data"] == {"text/plain": "1.0", "text/html": "<p>1 of 2</p>"}
