"""Each kind of change, against all that it must make of a line, written down by hand."""

import ast

import pytest
from autograder.proof.mutants import mutants_of
from folders import SOLUTIONS

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
    source = (SOLUTIONS / "01-regression" / "regression.py").read_text(encoding="utf-8")
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
