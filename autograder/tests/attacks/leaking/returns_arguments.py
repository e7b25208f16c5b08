"""Returns what it is called with, so that the test says "got this, expected that"."""

CELLS = {"slope": "def slope(f, x):\n    return 2 * x if x[0] == 1.0 else 1000 * x"}
SCORE = {}
STATE = "graded"
NEVER = ["520.83", "-3500"]
