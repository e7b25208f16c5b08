"""Names that a piece of Python code binds, and names that it reads from the code before it."""

import dis
from types import CodeType
from typing import Any

__all__ = ["Namespace", "names_of"]

Namespace = dict[str, Any]
"""What the globals of a cell are to Python: names and their values."""


def names_of(code: CodeType) -> tuple[set[str], set[str]]:
    r"""Names that a cell binds, and those that it or its functions read without having bound them.

    >>> bound, read = names_of(compile("y = x\ndef f(a): return a + b + y", "cell", "exec"))
    >>> sorted(bound), sorted(read)
    (['f', 'y'], ['b', 'x'])
    """
    bound: set[str] = set()
    read: set[str] = set()
    # Bytecode rather than syntax: the compiler has sorted out scopes, comprehensions and `global`.
    for instruction in dis.get_instructions(code):
        name: Any = instruction.argval
        if instruction.opname == "STORE_NAME":
            bound.add(name)
        elif instruction.opname == "LOAD_NAME" and name not in bound:
            read.add(name)
    # A function looks its globals up when it is called, so names that are bound below it count as bound.
    return bound, read | (_globals_of(code) - bound)


def _globals_of(code: CodeType) -> set[str]:
    """Names that the functions in a piece of code look up when they are called."""
    nested = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    names = {
        str(instruction.argval)
        for inner in nested
        for instruction in dis.get_instructions(inner)
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    return names.union(*(_globals_of(inner) for inner in nested)) if nested else names
