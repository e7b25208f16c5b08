"""Becomes another program, which knows nothing of notebooks."""

CELLS = {"slope": "import os\nos.execv('/bin/sh', ['sh', '-c', 'exit 0'])"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
