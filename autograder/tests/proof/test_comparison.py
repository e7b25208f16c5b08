"""Covers `proof.comparison`: answers proved and graded in a real sandbox, against the points and words of both."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from proving import NUMBERS, edit


@pytest.fixture
def compared(solutions: Path, run: Callable[..., Result]) -> Callable[[str], dict[str, Any]]:
    """Numbers of `autograder prove --graded`; the exit status must agree with them."""

    def invoke(exercise: str) -> dict[str, Any]:
        result = run("prove", "01", exercise, "--graded", "--seconds", 2, "--solutions", solutions, "--json")
        numbers: dict[str, Any] = json.loads(result.stdout)
        assert result.exit_code == bool(numbers["differences"])
        return numbers

    return invoke


def test_points_of_numpy_count_when_proved_and_when_graded(
    solutions: Path, proved: Callable[..., dict[str, Any]], compared: Callable[[str], dict[str, Any]]
) -> None:
    edit(
        solutions,
        "expect=lambda x: x + x + x)\n### END HIDDEN TESTS\nsheet.report()",
        "expect=0)\n### END HIDDEN TESTS\nnp.float64(2.0 * bool(np.all(triple(np.ones(2)) == 3)))",
    )
    # The right ones have 2 of 2 points; a bare number names no mistake, so the wrong one is not diagnosed.
    assert proved() == NUMBERS | {"diagnosis_missed": ["triple-sign"]}
    assert compared("triple") == {"answers": 4, "differences": []}


UNSENDABLE = {
    "an integer without end": ("return 10 ** 30_000", "cannot be sent to a test"),
    "a set": ("return {1, 2}", "must be an array of real numbers, not set"),
    "no end": ("while True: pass", "longer than 2 s"),
}


@pytest.mark.parametrize("case", UNSENDABLE)
def test_what_cannot_cross_the_wire_is_told_the_same(
    case: str,
    solutions: Path,
    plant: Callable[[str, str], None],
    compared: Callable[[str], dict[str, Any]],
    run: Callable[..., Result],
) -> None:
    statement, words = UNSENDABLE[case]
    plant("right/triple-odd", f'"""It returns what no test can hold."""\ndef triple(x):\n    {statement}\n')
    assert compared("triple") == {"answers": 5, "differences": []}
    proof = run("prove", "01", "triple", "--seconds", 2, "--solutions", solutions).stdout
    assert words in proof.partition("right/triple-odd: a right answer loses points")[2]


def test_an_answer_that_only_the_sandbox_refuses_is_a_difference(
    plant: Callable[[str, str], None], compared: Callable[[str], dict[str, Any]]
) -> None:
    body = "from chainrule.losses import softmax\ndef triple(x):\n    softmax(np.eye(2))\n    return 3 * x\n"
    plant("right/triple-reference", f'"""It calls what students are not given."""\n{body}')
    numbers = compared("triple")
    (difference,) = numbers["differences"]
    assert difference["answer"] == "right/triple-reference"
    assert difference["points"] == {"proved": 2.0, "graded": 0.0}
