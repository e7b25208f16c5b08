"""Returns an object whose __class__ says ndarray."""

CELLS = {
    "center": """
import numpy as np

class Pretender:
    __class__ = property(lambda self: np.ndarray)
    shape, dtype, ndim, size = (2, 2), np.dtype(float), 2, 4
    __sub__ = __rsub__ = __abs__ = lambda self, *_: 0.0
    __len__ = lambda self: 2
    __getitem__ = lambda self, key: self

def center(x):
    return Pretender()
"""
}
SCORE = {}
STATE = "graded"
