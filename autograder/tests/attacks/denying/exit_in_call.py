"""Ends its process when a test calls it, with the status of success."""

CELLS = {"slope": "import os\ndef slope(f, x):\n    os._exit(0)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
