"""A right answer, and a wrong one that pretends to be called for it: what is defined last counts."""

CELLS = {
    "center": """
def center(x):
    return x - x.mean(axis=0)

class Center:
    __name__ = "center"
    __call__ = lambda self, x: x

center = Center()
"""
}
OTHERS = "right"
SCORE = {"center": 0}
STATE = "graded"
