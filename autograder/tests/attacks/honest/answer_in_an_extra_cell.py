"""Leaves the stub as it is and writes the answer into a new cell below it."""

EXTRA = {"test-center": "def center(x):\n    return x - x.mean(axis=0)"}
CELLS = {"center": "def center(x):\n    raise NotImplementedError()"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
