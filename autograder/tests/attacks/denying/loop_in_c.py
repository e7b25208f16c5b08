"""Computes in C, where no signal handler of Python runs, without ever letting go of the interpreter."""

CELLS = {"slope": "def slope(f, x):\n    return 7 ** 7 ** 7 ** 7"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("time limit", "memory limit")
