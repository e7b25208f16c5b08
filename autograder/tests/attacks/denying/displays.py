"""Displays a hundred thousand things."""

EXTRA = {"slope": "from IPython.display import display\nfor n in range(100_000):\n    display(n)"}
OTHERS = "right"
SCORE = {}
STATE = ("graded", "time limit")
