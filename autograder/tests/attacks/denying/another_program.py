"""Becomes another program, which knows nothing of notebooks."""

CELLS = {"slope": "import os, sys\nos.execv(sys.executable, ['python', '-c', ''])"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
