"""Returns an array whose class says that it has another shape, size and type than it has."""

CELLS = {
    "center": """
class Vast(np.ndarray):
    shape = (-1, 2**62)
    size = nbytes = -8
    strides = (0,)
    dtype = np.dtype(object)
    tobytes = lambda self, *_: b"short"
    __reduce__ = lambda self: 1 / 0

def center(x):
    return x.view(Vast)
"""
}
OTHERS = "right"
SCORE = {"center": 0}
STATE = "graded"
