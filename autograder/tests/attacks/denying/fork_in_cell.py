"""Forks without end in an answer, and each child goes on with the notebook."""

CELLS = {
    "slope": """
import os
for _ in range(200):
    try:
        os.fork()
    except OSError:
        pass
def slope(f, x):
    return x
"""
}
OTHERS = "right"
SCORE = "nothing"  # of its own doing: its sandbox has no room for a single test
STATE = ("graded", "time limit", "crashed", "memory limit")
