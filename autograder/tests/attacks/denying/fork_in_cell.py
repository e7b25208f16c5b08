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
SCORE = {"slope": 0}
STATE = ("graded", "time limit", "crashed", "memory")
