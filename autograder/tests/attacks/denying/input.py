"""Waits for somebody to type an answer. Nobody is there: it raises, or runs into the limit."""

CELLS = {"slope": "def slope(f, x):\n    return float(input('And the gradient is? '))"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("graded", "time limit")
