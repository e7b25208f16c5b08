"""Changes what abs, all, sorted, sum, isinstance and float mean."""

CELLS = {
    "shuffled": """
import builtins
builtins.abs = lambda x: 0
builtins.all = lambda x: True
builtins.sorted = lambda x: list(range(0, 40, 2))
builtins.isinstance = lambda thing, kind: True
builtins.float = lambda x: 0.0
builtins.AssertionError = type("Quiet", (Exception,), {})

def shuffled(x, rng):
    return x[:1]
"""
}
SCORE = {}
STATE = "crashed"  # of its own doing: nothing works in an interpreter without isinstance
