"""Computes for a second, within the limit."""

CELLS = {
    "center": """
def center(x):
    total = 0
    for n in range(3_000_000):
        total += n
    return x - x.mean(axis=0)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
