"""Returns an array whose strides and shape reach past its memory."""

CELLS = {
    "center": """
from numpy.lib.stride_tricks import as_strided

def center(x):
    return as_strided(x, shape=(2, 2), strides=(2**50, -2**45))
"""
}
OTHERS = "right"
SCORE = {"center": 0}
STATE = ("crashed", "graded")
