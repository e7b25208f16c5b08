"""Names that a cell binds and reads, against what Python's own rules of scope say of each line."""

import pytest
from autograder.guest.names import names_of

CELLS = {
    # a cell: what it binds, what it reads from the cells above
    "a = b": ({"a"}, {"b"}),
    "a = 1\nb = a": ({"a", "b"}, set()),
    "b = a\na = 1": ({"a", "b"}, {"a"}),
    "a += 1": ({"a"}, {"a"}),
    "import numpy as np\nfrom math import pi": ({"np", "pi"}, set()),
    "for i in range(n): pass": ({"i"}, {"range", "n"}),
    "[x for x in xs]": (set(), {"xs"}),
    "[x * y for x in xs]": (set(), {"xs", "y"}),
    "def f(a): return a": ({"f"}, set()),
    "def f(a): return a + b": ({"f"}, {"b"}),
    "def f(a=b): return a": ({"f"}, {"b"}),
    "def f(): return g()\ndef g(): return 1": ({"f", "g"}, set()),
    "def f():\n    def g(): return a\n    return g": ({"f"}, {"a"}),
    "def f():\n    a = 1\n    return lambda: a": ({"f"}, set()),
    "class A(B):\n    def m(self): return c": ({"A"}, {"B", "c", "__name__"}),
    "a.b = c": (set(), {"a", "c"}),
    "a[0] = b": (set(), {"a", "b"}),
    "": (set(), set()),
}


@pytest.mark.parametrize("cell", CELLS)
def test_what_a_cell_binds_and_reads(cell: str) -> None:
    assert names_of(compile(cell, "<cell>", "exec")) == CELLS[cell]
