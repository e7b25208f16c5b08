"""Returns an array of a trillion entries that takes eight bytes, until somebody copies it."""

CELLS = {
    "center": """
from numpy.lib.stride_tricks import as_strided

def center(x):
    return as_strided(x, shape=(10**6, 10**6), strides=(0, 0))
"""
}
OTHERS = "right"
SCORE = {"center": 0}
STATE = "graded"
