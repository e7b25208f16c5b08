"""Each kind of change is made; what the tests miss is listed, unless a person has said why it means the same."""

import ast
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from autograder.proof.mutants import mutants_of
from click.testing import Result

SOUND = Path(__file__).parent / "fixtures" / "proved"

CHANGES = {
    # operator: a line of a solution, and all that it must become under this operator
    ("operator", "a = b + c"): {"a = b - c"},
    ("operator", "a @ b"): {"a * b"},
    ("operator", "a += b"): {"a -= b"},
    ("= for update", "a[0] += b"): {"a[0] = b"},
    ("dropped term", "a = b - c / d"): {"a = b", "a = c / d", "a = b - c", "a = b - d"},
    ("swapped operands", "a = b - c * d"): {"a = c * d - b"},
    ("sign", "a = -b"): {"a = b"},
    ("sign", "return (f(x), y)"): {"return (-f(x), y)", "return (f(x), -y)"},
    ("sign", "a = x[0]"): set(),
    ("sign", "a = np.zeros(3)"): set(),
    ("dropped statement", "raise ValueError(f'{a + 1}')"): {"pass"},
    ("operator", "raise ValueError(f'{a + 1}')"): set(),
    ("operator", "a = f'{a + 1}'"): set(),
    ("constant", "a = x.sum(axis=1)"): {"a = x.sum(axis=2)", "a = x.sum(axis=0)"},
    ("constant", "a = 0.5"): {"a = 1.0", "a = 0.0"},
    ("constant", "a = 0.0"): {"a = 1.0"},
    ("constant", "a = True"): {"a = False"},
    ("constant", "a = 'text'"): set(),
    ("comparison", "a = b < c"): {"a = b <= c", "a = b >= c"},
    ("and for or", "a = b and c"): {"a = b or c"},
    ("swapped branches", "a = b if c else d"): {"a = d if c else b"},
    ("condition", "if a:\n    b"): {"if not a:\n    b"},
    ("dropped keyword", "x.max(axis=1, keepdims=True)"): {"x.max(keepdims=True)", "x.max(axis=1)"},
    ("swapped arguments", "f(a, b, c)"): {"f(b, a, c)", "f(a, c, b)"},
    ("dropped call", "np.exp(a)"): {"a"},
    ("dropped call", "a.sum()"): {"a"},
    ("dropped call", "np.random.rand()"): set(),
    ("transpose", "a = b.T @ c"): {"a = b @ c"},
    ("function", "a = np.maximum(b, c)"): {"a = np.minimum(b, c)"},
    ("function", "a = max(b)"): {"a = min(b)"},
    ("swapped values", "return (a, b)"): {"return (b, a)"},
    ("swapped values", "{'W': a, 'b': b}"): {"{'W': b, 'b': a}"},
    ("dropped end of a slice", "a[1:-1]"): {"a[:-1]", "a[1:]"},
    ("dropped statement", "a = 1\nb = 2"): {"pass\nb = 2", "a = 1\npass"},
    ("dropped statement", "import os"): set(),
}


@pytest.mark.parametrize(("operator", "line"), CHANGES)
def test_what_a_line_becomes(operator: str, line: str) -> None:
    found = {mutant.source for mutant in mutants_of("f", line) if mutant.operator == operator}
    assert found == CHANGES[operator, line]


def test_every_mutant_is_another_program_that_compiles() -> None:
    source = (SOUND.parents[3] / "solutions" / "01-regression" / "regression.py").read_text(encoding="utf-8")
    solutions = [ast.unparse(node) for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    assert len(solutions) > 10
    for solution in solutions:
        mutants = mutants_of("f", solution)
        texts = [mutant.source for mutant in mutants]
        assert len({*texts, solution}) == len(texts) + 1
        assert len({mutant.identity for mutant in mutants}) == len(mutants)
        for text in texts:
            compile(text, "mutant", "exec")


def test_equal_lines_have_mutants_of_their_own() -> None:
    mutants = mutants_of("f", "a = 0.5\nb = a\na = 0.5\n")
    doubled = [mutant.becomes for mutant in mutants if mutant.becomes.startswith("a = 1.0")]
    assert doubled == ["a = 1.0", "a = 1.0  # again 2"]


@pytest.fixture
def solutions(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOUND, tmp_path / "solutions"))


@pytest.fixture
def mutated(solutions: Path, run: Callable[..., Result]) -> Callable[[], tuple[int, dict[str, Any]]]:
    """Exit status and numbers of `autograder prove --mutate`."""

    def invoke() -> tuple[int, dict[str, Any]]:
        result = run("prove", "01", "--mutate", "--solutions", solutions, "--json")
        return result.exit_code, json.loads(result.stdout)["notebooks"]["01-sheets"]

    return invoke


def test_good_tests_let_nothing_live(mutated: Callable[[], tuple[int, dict[str, Any]]]) -> None:
    status, numbers = mutated()
    assert (status, numbers["survivors"], numbers["score"]) == (0, [], 1.0)
    assert numbers["mutants"] > 10


def weaken(solutions: Path) -> None:
    """Leave mean_triple with a single row, where the mean is the row itself."""
    path = solutions / "01-sheets" / "sheets.py"
    text = path.read_text(encoding="utf-8")
    start = text.index('sheet.values("two rows')
    path.write_text(
        text[:start] + 'sheet.values("one row", np.ones((1, 2)), expect=[3.0, 3.0])\nsheet.report()\n', encoding="utf-8"
    )


LIVING = [
    ("return triple(x).mean(axis=0)", "return triple(x).sum(axis=0)"),
    ("return triple(x).mean(axis=0)", "return triple(x.mean(axis=0))"),
]


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
    "it is no mutant": (*LIVING[1], "reason", "is no mutant of today's solution"),
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
