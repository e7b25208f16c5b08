"""Points of a test cell by what it put out: as nbgrader means it, strict where nbgrader is generous by accident."""

import pytest
from autograder.grading.scores import score_of, scores_of
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum, determine_grade

POINTS = 2.0


def result(text: str) -> object:
    return new_output("execute_result", {"text/plain": text})


ERROR = new_output("error", ename="AssertionError", evalue="", traceback=[])
WARNING = new_output("stream", name="stderr", text="RuntimeWarning: overflow")
PRINTED = new_output("stream", name="stdout", text="1000")

SAME_AS_NBGRADER = {
    "no output": ([], 2.0),
    "printed": ([PRINTED], 2.0),
    "error": ([ERROR], 0.0),
    "some points": ([result("0.5")], 0.5),
    "all points": ([result("2.0")], 2.0),
    "no points": ([result("0")], 0.0),
    "error after points": ([PRINTED, ERROR, result("2")], 0.0),
}
STRICTER = {
    "a warning beside full marks": ([WARNING, result("2.0")], 2.0),
    "text": ([result("'well done'")], 0.0),
    "more than all": ([result("1000")], 0.0),
    "less than nothing": ([result("-1")], 0.0),
    "not a number": ([result("nan")], 0.0),
    "infinity": ([result("inf")], 0.0),
    "points after an error": ([result("2"), ERROR], 0.0),
}


def graded(outputs: list[object]) -> object:
    return new_code_cell("check()", outputs=outputs, metadata={"nbgrader": {"grade": True, "points": POINTS}})


@pytest.mark.parametrize("case", SAME_AS_NBGRADER)
def test_where_nbgrader_is_right_we_agree(case: str) -> None:
    outputs, expected = SAME_AS_NBGRADER[case]
    assert score_of(graded(outputs)) == expected
    assert determine_grade(graded(outputs))[0] == expected


@pytest.mark.parametrize("case", STRICTER)
def test_where_nbgrader_is_generous_by_accident_we_are_not(case: str) -> None:
    outputs, expected = STRICTER[case]
    assert score_of(graded(outputs)) == expected


@pytest.mark.parametrize(("answer", "score"), [("YOUR ANSWER HERE", 0.0), ("Because.", None)])
def test_a_written_answer_waits_for_a_person_unless_it_is_empty(answer: str, score: float | None) -> None:
    settings = {"grade": True, "solution": True, "locked": False, "points": POINTS, "grade_id": "written"}
    cell = new_markdown_cell("YOUR ANSWER HERE", metadata={"nbgrader": settings})
    cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    cell.source = answer
    assert score_of(cell) == score


def test_points_of_a_notebook_are_those_of_its_tests_by_name() -> None:
    cells = [graded([result("0.5")]), graded([]), graded([ERROR]), new_code_cell("1", outputs=[result("9")])]
    for number, cell in enumerate(cells[:3]):
        cell.metadata.nbgrader |= {"grade_id": f"test-{number}", "solution": False}
    written = {"grade": True, "solution": True, "points": POINTS, "grade_id": "written", "checksum": ""}
    cells.append(new_markdown_cell("Because.", metadata={"nbgrader": written}))
    assert scores_of(new_notebook(cells=cells)) == {"test-0": 0.5, "test-1": POINTS, "test-2": 0.0}
