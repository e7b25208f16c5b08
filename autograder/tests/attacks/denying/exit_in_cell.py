"""Ends its process in an answer: that answer is lost, and no other."""

CELLS = {"slope": "import os\nos._exit(0)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
