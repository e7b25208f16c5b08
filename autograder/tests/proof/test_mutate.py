"""What the tests of a notebook miss, against the two changes that weakened tests cannot notice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from proving import LIVING, weaken


def test_good_tests_let_nothing_live(mutated: Callable[[], tuple[int, dict[str, Any]]]) -> None:
    status, numbers = mutated()
    assert (status, numbers["survivors"], numbers["score"]) == (0, [], 1.0)
    assert numbers["mutants"] > 10


def test_a_survivor_is_listed_with_its_diff(
    solutions: Path, mutated: Callable[[], tuple[int, dict[str, Any]]], run: Callable[..., Result]
) -> None:
    weaken(solutions)
    status, numbers = mutated()
    (survivor,) = numbers["survivors"]
    assert status == 1
    assert survivor == {"exercise": "mean_triple", "operator": "function", "was": LIVING[0][0], "becomes": LIVING[0][1]}
    assert numbers["score"] == 1 - 1 / numbers["mutants"]
    told = run("prove", "01", "--mutate", "--solutions", solutions).stdout
    assert f'becomes = "{LIVING[0][1]}"' in told
