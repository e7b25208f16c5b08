"""Tries the answer out in the same cell, in a way that fails."""

CELLS = {"center": "def center(x):\n    return x - x.mean(axis=0)\n\ncenter(undefined)"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
