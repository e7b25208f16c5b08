"""Computes in single precision."""

CELLS = {"center": "def center(x):\n    x = x.astype(np.float32)\n    return x - x.mean(axis=0)"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
