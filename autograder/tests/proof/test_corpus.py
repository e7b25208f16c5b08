"""Answers that cannot be tried, against the sentence that names the fault and what to do about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

REFUSALS = {
    "an answer to no exercise": (
        "wrong/tripel-x",
        '"""A.\n\nDiagnosis: sign\n"""\n',
        "got 'tripel', expected one of triple",
    ),
    "no docstring": ("right/triple-x", "def triple(x):\n    return 3 * x\n", "this answer has no docstring"),
    "no promise": (
        "wrong/triple-x",
        '"""A."""\ndef triple(x):\n    return x\n',
        "a wrong answer's docstring needs a diagnosis",
    ),
    "an empty promise": ("wrong/triple-x", '"""A.\n\nDiagnosis:\n"""\nx = 1\n', "needs a diagnosis"),
    "a promise on a right one": ("right/triple-x", '"""A.\n\nDiagnosis: sign\n"""\nx = 1\n', "needs no diagnosis"),
    "no Python": (
        "right/triple-x",
        '"""A."""\ndef triple(x)\n    return 3 * x\n',
        "does not compile: got expected ':'",
    ),
    "return outside": ("right/triple-x", '"""A."""\nreturn 3\n', "does not compile: got 'return' outside function"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_an_answer_that_cannot_be_tried_is_named(
    case: str, plant: Callable[[str, str], None], solutions: Path, run: Callable[..., Result]
) -> None:
    name, text, sentence = REFUSALS[case]
    plant(name, text)
    result = run("prove", "01", "--solutions", solutions)
    assert result.exit_code == 1
    assert f"{name}.py" in result.stderr
    assert sentence in result.stderr
    assert "To fix it:" in result.stderr


def test_an_unknown_exercise_is_met_with_the_known_ones(solutions: Path, run: Callable[..., Result]) -> None:
    result = run("prove", "01", "treble", "--solutions", solutions)
    assert result.exit_code == 1
    assert "got 'treble', expected one of triple, mean_triple" in result.stderr
