"""Warns, and writes to stderr, whenever it is called."""

CELLS = {
    "center": """
import sys, warnings

def center(x):
    warnings.warn("the mean may be inexact", RuntimeWarning)
    print("centring", x.shape, file=sys.stderr)
    return x - x.mean(axis=0)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
