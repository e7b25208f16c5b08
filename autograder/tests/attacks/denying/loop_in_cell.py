"""Loops in an answer."""

CELLS = {"slope": "while True:\n    pass"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "time limit"
