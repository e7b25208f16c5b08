"""Calls the test's function a billion times."""

CELLS = {"slope": "def slope(f, x):\n    for _ in range(10**9):\n        f(x)\n    return x"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("graded", "time limit")
