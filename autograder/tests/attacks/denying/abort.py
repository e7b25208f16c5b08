"""Ends its process by a signal, in a cell."""

EXTRA = {"slope": "import os\nprint('soon', flush=True)\nos.abort()"}
OTHERS = "right"
SCORE = {}
STATE = "crashed"
