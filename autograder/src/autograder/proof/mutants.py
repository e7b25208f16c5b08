"""Mutants of a solution: the same program with one place changed, as by a slip of the pen."""

import ast
import copy
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

__all__ = ["Mutant", "mutants_of"]

Change = tuple[str, ast.AST]
"""The name of a mutation operator, and the node that it puts in place of another."""

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Mult, ast.Div),
    ast.Mod: (ast.FloorDiv,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
NAMES = {
    one: other
    for pair in (
        ("sum", "mean"),
        ("max", "min"),
        ("argmax", "argmin"),
        ("maximum", "minimum"),
        ("zeros", "ones"),
        ("zeros_like", "ones_like"),
        ("floor", "ceil"),
        ("sin", "cos"),
    )
    for one, other in (pair, pair[::-1])
}


@dataclass(frozen=True)
class Mutant:
    """A solution with one change.

    Attributes:
        exercise: grade_id of the solution cell.
        operator: name of the kind of change.
        source: the whole changed solution.
        was: the lines that the change removes, as `ast.unparse` writes them.
        becomes: the lines that it adds.
    """

    exercise: str
    operator: str
    source: str
    was: str
    becomes: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """Exercise, lines removed and lines added: its key in the file of reviewed mutants."""
        return self.exercise, self.was, self.becomes


def mutants_of(exercise: str, source: str) -> list[Mutant]:
    """Every mutant of a solution cell; changes that lead to the same text count once.

    >>> [mutant.becomes for mutant in mutants_of("f", "y = x.T")]
    ['y = -x.T', 'pass', 'y = x']
    """
    tree = ast.parse(source)
    original = ast.unparse(tree)
    mutants: dict[str, Mutant] = {}
    for position, (node, _) in enumerate(_places(tree)):
        for operator, change in _changes(node):
            # `_places` walks a copy in the same order, so a position finds the same node in it.
            mutated = copy.deepcopy(tree)
            _, replace = list(_places(mutated))[position]
            replace(change)
            text = ast.unparse(ast.fix_missing_locations(mutated))
            if text != original and text not in mutants:
                mutants[text] = _mutant(exercise, operator, original, text, mutants)
    return list(mutants.values())


def _mutant(exercise: str, operator: str, original: str, text: str, known: dict[str, Mutant]) -> Mutant:
    lines = list(difflib.ndiff(original.splitlines(), text.splitlines()))
    was, becomes = ("\n".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in ("- ", "+ "))
    # If the same line stands twice in a solution, the second mutant is marked to tell them apart.
    twins = sum(mutant.was == was and mutant.becomes.partition("  # again")[0] == becomes for mutant in known.values())
    return Mutant(exercise, operator, text, was, becomes + (f"  # again {twins + 1}" if twins else ""))


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """Every node below the root, and the function that replaces it; not the texts of errors, which no test reads."""
    waiting = [tree]
    for parent in waiting:  # grows in the loop: breadth first
        if isinstance(parent, ast.Raise | ast.JoinedStr):
            continue
        waiting.extend(ast.iter_child_nodes(parent))
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield value, partial(setattr, parent, field)
            elif isinstance(value, list):
                for i, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield item, partial(value.__setitem__, i)


def _changes(node: ast.AST) -> Iterator[Change]:
    """All that may be put in place of a node."""
    for kind, rule in RULES:
        if isinstance(node, kind):
            yield from rule(node)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with some fields changed."""
    other = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _arithmetic(node: ast.BinOp) -> Iterator[Change]:
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", _with(node, op=other())
    yield "dropped term", node.left
    yield "dropped term", node.right
    if not isinstance(node.op, ast.Add | ast.Mult):
        yield "swapped operands", _with(node, left=node.right, right=node.left)


def _update(node: ast.AugAssign) -> Iterator[Change]:
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", _with(node, op=other())
    yield "= for update", ast.Assign([node.target], node.value)


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.USub | ast.Invert | ast.Not):
        yield "sign", node.operand


def _sign(node: ast.Assign | ast.Return) -> Iterator[Change]:
    """The value, or each of several values, with the other sign."""
    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for i, value in enumerate(values):
        if not isinstance(value, ast.BinOp | ast.Call | ast.Name | ast.Attribute) or "zeros" in ast.unparse(value):
            continue
        negated = ast.UnaryOp(ast.USub(), value)
        if isinstance(node.value, ast.Tuple):
            yield "sign", _with(node, value=_with(node.value, elts=[*values[:i], negated, *values[i + 1 :]]))
        else:
            yield "sign", _with(node, value=negated)


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield "constant", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield "constant", ast.Constant(node.value + 1)
        yield "constant", ast.Constant(node.value - 1)
    elif isinstance(node.value, float):
        yield "constant", ast.Constant(2 * node.value or 1.0)
        yield "constant", ast.Constant(0.0)


def _comparison(node: ast.Compare) -> Iterator[Change]:
    for other in COMPARISONS.get(type(node.ops[0]), ()):
        yield "comparison", _with(node, ops=[other(), *node.ops[1:]])


def _choice(node: ast.BoolOp | ast.IfExp | ast.If | ast.While) -> Iterator[Change]:
    if isinstance(node, ast.BoolOp):
        yield "and for or", _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
    elif isinstance(node, ast.IfExp):
        yield "swapped branches", _with(node, body=node.orelse, orelse=node.body)
    else:
        yield "condition", _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _call(node: ast.Call) -> Iterator[Change]:
    for i in range(len(node.keywords)):
        yield "dropped keyword", _with(node, keywords=[*node.keywords[:i], *node.keywords[i + 1 :]])
    for i in range(len(node.args) - 1):
        swapped = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        yield "swapped arguments", _with(node, args=swapped)
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield "dropped call", node.func.value
    elif node.args and not isinstance(node.args[0], ast.Starred):
        yield "dropped call", node.args[0]


def _is_module(node: ast.AST) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math")


def _attribute(node: ast.Attribute) -> Iterator[Change]:
    if node.attr == "T":
        yield "transpose", node.value
    if node.attr in NAMES:
        yield "function", _with(node, attr=NAMES[node.attr])


def _name(node: ast.Name) -> Iterator[Change]:
    if node.id in ("max", "min", "sum") and isinstance(node.ctx, ast.Load):
        yield "function", _with(node, id={"max": "min", "min": "max", "sum": "len"}[node.id])


def _sequence(node: ast.Tuple) -> Iterator[Change]:
    if isinstance(node.ctx, ast.Load):
        for i, (one, other) in enumerate(pairwise(node.elts)):
            yield "swapped values", _with(node, elts=[*node.elts[:i], other, one, *node.elts[i + 2 :]])


def _dictionary(node: ast.Dict) -> Iterator[Change]:
    for i, (one, other) in enumerate(pairwise(node.values)):
        yield "swapped values", _with(node, values=[*node.values[:i], other, one, *node.values[i + 2 :]])


def _slice(node: ast.Slice) -> Iterator[Change]:
    for end in ("lower", "upper", "step"):
        if getattr(node, end) is not None:
            yield "dropped end of a slice", _with(node, **{end: None})


def _statement(node: ast.stmt) -> Iterator[Change]:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if not docstring and not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom | ast.Pass):
        yield "dropped statement", ast.Pass()


RULES: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[Change]]], ...] = (
    (ast.BinOp, _arithmetic),
    (ast.AugAssign, _update),
    (ast.UnaryOp, _unary),
    ((ast.Assign, ast.Return), _sign),
    (ast.Constant, _constant),
    (ast.Compare, _comparison),
    ((ast.BoolOp, ast.IfExp, ast.If, ast.While), _choice),
    (ast.Call, _call),
    (ast.Attribute, _attribute),
    (ast.Name, _name),
    (ast.Tuple, _sequence),
    (ast.Dict, _dictionary),
    (ast.Slice, _slice),
    (ast.stmt, _statement),
)
