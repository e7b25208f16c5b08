"""Raises an exception whose message is a hundred megabytes long."""

CELLS = {"slope": "def slope(f, x):\n    raise ValueError('x' * 10**8)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "graded"
