"""Computes with infinities on the way, and silences numpy about it."""

CELLS = {
    "center": """
def center(x):
    with np.errstate(all="ignore"):
        waste = np.log(np.zeros(3)) - np.exp(np.float64(1000))
    return x - x.mean(axis=0)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
