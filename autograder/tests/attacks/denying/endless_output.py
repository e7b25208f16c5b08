"""Prints for ever."""

CELLS = {"slope": "def slope(f, x):\n    while True:\n        print('x' * 10**5)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "time limit"
