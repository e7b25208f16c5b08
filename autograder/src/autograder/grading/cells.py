"""The plan of a canonical notebook: which side runs which cell, and which names the student is to define."""

import ast
import functools
import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.course.nbgrader_cells import is_solution
from autograder.guest import messages
from autograder.guest.messages import Kind
from autograder.guest.names import names_of

__all__ = ["Cell", "Kind", "Plan", "modules_of", "plan_of"]


@dataclass(frozen=True)
class Cell(messages.Cell):
    """One code cell of a plan."""

    @property
    def digest(self) -> str:
        """Digest of the cell's id and source."""
        return hashlib.sha256(f"{self.id}\0{self.source}".encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Plan:
    """The code cells of a notebook in order, and the names that its solutions define."""

    cells: tuple[Cell, ...]
    functions: tuple[str, ...]
    """Functions and classes that the instructor's solutions define: tests get proxies of the student's."""
    values: tuple[str, ...]
    """Other names that the instructor's solutions bind: tests get copies of the student's values."""

    @property
    def tests(self) -> tuple[Cell, ...]:
        """The cells that give points."""
        return tuple(cell for cell in self.cells if cell.kind == "test")


def plan_of(canonical: NotebookNode, source: NotebookNode) -> Plan:
    """The plan of a submission.

    Args:
        canonical: the instructor's notebook with the student's code in it.
        source: the instructor's own notebook, with solutions.
    """
    originals = {cell.id: cell.source for cell in source.cells}
    cells = [_cell(cell, originals.get(cell.id)) for cell in canonical.cells if _is_code(cell)]
    solutions = [cell.source for cell in source.cells if _is_code(cell) and is_solution(cell)]
    functions = {name for text in solutions for name in _functions(text)}
    bound = {name for text in solutions for name in _names_of(text)[0]}
    return Plan(tuple(cells), tuple(sorted(functions)), tuple(sorted(bound - functions)))


def modules_of(source: NotebookNode, kinds: Iterable[str]) -> tuple[str, ...]:
    """Modules that the instructor's cells of some kinds import at the top."""
    cells = [_cell(cell, cell.source) for cell in source.cells if _is_code(cell)]
    imported = {name for cell in cells if cell.kind in kinds for name in _imports(cell.source)}
    # The standard library costs nothing worth importing ahead.
    return tuple(sorted(name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names))


def _is_code(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip())


def _cell(cell: NotebookNode, original: str | None) -> Cell:
    settings = cell.metadata.get("nbgrader", {})
    if settings.get("solution"):
        return Cell(cell.id, "student", cell.source)
    if settings.get("grade"):
        return Cell(cell.id, "test", cell.source)
    if settings.get("locked"):
        kind: Kind = "shared"
    elif original is not None and cell.source == original:
        kind = "demonstration"
    else:
        return Cell(cell.id, "student", cell.source)
    bound, read = _names_of(cell.source)
    return Cell(cell.id, kind, cell.source, bound, read)


@functools.lru_cache(maxsize=1024)
def _names_of(source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names that one of the instructor's cells binds and reads; the same cells come with every submission."""
    try:
        bound, read = names_of(compile(source, "<cell>", "exec"))
    except SyntaxError:  # a magic, such as %timeit, which binds no names
        return (), ()
    return tuple(sorted(bound)), tuple(sorted(read))


def _functions(source: str) -> Iterator[str]:
    """Names of the functions and classes that a cell defines at the top level."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name


def _imports(source: str) -> Iterator[str]:
    """Modules that a cell imports at the top level.

    ``from a import b`` gives both "a" and "a.b", which may be a module; importing it ahead does no harm if it is not.
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            yield statement.module
            yield from (f"{statement.module}.{alias.name}" for alias in statement.names)
