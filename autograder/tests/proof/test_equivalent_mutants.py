"""A survivor that a person has reviewed counts no more; a review that says nothing true is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from proving import LIVING, weaken


def review(solutions: Path, was: str, becomes: str, reason: str = "one row is its own mean") -> None:
    entry = f'[[mean_triple]]\nwas = "{was}"\nbecomes = "{becomes}"\nreason = "{reason}"\n'
    (solutions / "01-sheets" / "answers" / "equivalent-mutants.toml").write_text(entry, encoding="utf-8")


def test_a_reviewed_survivor_counts_no_more(solutions: Path, mutated: Callable[[], tuple[int, dict[str, Any]]]) -> None:
    weaken(solutions)
    review(solutions, *LIVING[0])
    status, numbers = mutated()
    assert (status, numbers["equivalent"], numbers["survivors"], numbers["score"]) == (0, 1, [], 1.0)


STALE = {
    "it is caught": (*LIVING[0], "reason", "which the tests catch"),
    "it is no mutant": (*LIVING[1], "reason", "is no mutant of the present solution"),
    "it has no reason": (*LIVING[0], "", "an entry of mean_triple is incomplete"),
    "it is no TOML": ("a\nb", "c", "reason", "cannot be read"),
}


@pytest.mark.parametrize("case", STALE)
def test_an_entry_that_says_nothing_true_is_refused(case: str, solutions: Path, run: Callable[..., Result]) -> None:
    was, becomes, reason, sentence = STALE[case]
    review(solutions, was, becomes, reason)
    result = run("prove", "01", "--mutate", "--solutions", solutions)
    assert result.exit_code == 1
    assert "equivalent-mutants.toml" in result.stderr
    assert sentence in result.stderr
