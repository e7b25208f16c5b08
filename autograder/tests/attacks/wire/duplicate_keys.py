"""Returns dictionaries whose keys are equal on one side and not on the other."""

CELLS = {
    "square_loss": """
class Key(str):
    __hash__ = lambda self: id(self)
    __eq__ = lambda self, other: self is other

def square_loss(w, x, y):
    return {Key("loss"): 2.0, Key("loss"): 0.0, "dw": w, 1: 1, True: 2, 1.0: 3, None: 4, ("a",): 5, float("nan"): 6}
"""
}
OTHERS = "right"
SCORE = {"square_loss": 0}
STATE = "crashed"  # no answer at all: it cannot be read
