"""Forks in a call, so that two processes answer the same question."""

CELLS = {"longest_run": "import os\ndef longest_run(values):\n    return 17 if os.fork() else 18"}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("graded", "crashed")
