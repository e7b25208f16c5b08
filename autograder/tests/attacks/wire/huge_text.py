"""Returns half a gigabyte of text."""

CELLS = {"longest_run": "def longest_run(values):\n    return 'x' * 2**29"}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("graded", "memory limit")
