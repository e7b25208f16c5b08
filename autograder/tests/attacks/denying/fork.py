"""Forks without end."""

CELLS = {
    "slope": """
import os
def slope(f, x):
    while True:
        try:
            os.fork()
        except OSError:
            pass
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("time limit", "crashed", "memory limit")
