"""Reads address 0."""

CELLS = {"slope": "import ctypes\ndef slope(f, x):\n    ctypes.string_at(0)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
