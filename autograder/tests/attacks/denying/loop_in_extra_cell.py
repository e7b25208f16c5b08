"""Loops in a cell that is no answer: all answers are there, and all of them count."""

EXTRA = {"slope": "helper = 1\nwhile True:\n    pass"}
OTHERS = "right"
SCORE = {}
STATE = "time limit"
