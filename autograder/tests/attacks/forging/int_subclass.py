"""Returns an integer whose comparison lies."""

CELLS = {
    "longest_run": """
class Number(int):
    __eq__ = lambda self, other: True
    __hash__ = int.__hash__

def longest_run(values):
    return Number(17)
"""
}
SCORE = {}
STATE = "graded"
