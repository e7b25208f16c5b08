"""Reads from descriptor 0 and from the terminal."""

CELLS = {
    "slope": """
import os, sys
def slope(f, x):
    found = os.read(0, 1000), sys.stdin.read()
    with open("/dev/tty") as terminal:
        return terminal.readline()
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("graded", "time limit")
