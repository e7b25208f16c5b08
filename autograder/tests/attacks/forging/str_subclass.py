"""Returns a text whose methods lie, and which names an attribute that a careless codec would look up."""

CELLS = {
    "longest_run": """
class Text(str):
    __eq__ = lambda self, other: True
    __hash__ = str.__hash__
    __float__ = __index__ = __int__ = lambda self: 2

def longest_run(values):
    return Text("__class__.__mro__")
"""
}
SCORE = {}
STATE = "graded"
