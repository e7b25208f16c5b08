"""How `kernels/` is written: few arguments, and both sets with the same verbs. The values are in the other files."""

import ast
import inspect
from pathlib import Path

import pytest
from chainrule import kernels

FOLDER = Path(kernels.__file__).parent
MODULES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.py"))
VERBS = sorted(name for name in vars(kernels.Kernels) if not name.startswith("_"))


def long_functions(source):
    """Names of the functions that take more than ten arguments by position."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.FunctionDef, ast.Lambda))]
    return [
        getattr(node, "name", "lambda") for node in functions if len(node.args.posonlyargs) + len(node.args.args) > 10
    ]


@pytest.mark.parametrize("module", MODULES)
def test_no_function_takes_more_than_ten_arguments_by_position(module):
    assert long_functions((FOLDER / module).read_text()) == []


def test_a_function_of_eleven_arguments_would_be_found():
    ten = "a, b, c, d, e, f, g, h, i, j"
    assert long_functions(f"def fits({ten}): pass\nclass C:\n  @jit\n  def long({ten}, /, k): pass\n") == ["long"]


@pytest.mark.parametrize("name", ["reference", "compiled"])
def test_a_set_of_kernels_has_exactly_the_verbs_of_the_protocol(name):
    module = kernels.load(name)
    assert sorted(module.__all__) == VERBS
    for verb in VERBS:
        expected = list(inspect.signature(getattr(kernels.Kernels, verb)).parameters)[1:]
        assert list(inspect.signature(getattr(module, verb)).parameters) == expected
