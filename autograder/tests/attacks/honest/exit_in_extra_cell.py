"""Ends with exit(), as it does in scripts: the rest of the notebook is still there."""

EXTRA = {"slope": "exit()", "step": "import sys\nsys.exit('done')", "shuffled": "raise SystemExit"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
