"""Raises what it is called with inside a check that reports messages."""

CELLS = {
    "center": """
def center(x):
    if x[0, 0] != 1.0:
        raise ValueError("lea" + "ked " + repr(x.tolist()))
    return x - x.mean(axis=0)
"""
}
SCORE = {"center": 1}
STATE = "graded"
NEVER = ["leaked"]
