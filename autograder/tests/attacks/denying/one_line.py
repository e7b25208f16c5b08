"""Prints one line of a gigabyte, without ever ending it."""

EXTRA = {"slope": "import sys\nfor _ in range(1024):\n    sys.stdout.write('x' * 2**20)"}
OTHERS = "right"
SCORE = {}
STATE = ("graded", "time limit")
