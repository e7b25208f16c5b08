"""Recurses until the stack of the process is used up."""

CELLS = {
    "slope": """
import sys
sys.setrecursionlimit(10**9)

class Deep:
    def __init__(self, below):
        self.below = below
    def __repr__(self):
        return repr(self.below)

def slope(f, x):
    thing = None
    for _ in range(10**6):
        thing = [thing]
    return repr(thing)
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("crashed", "graded")  # a newer interpreter raises RecursionError instead
