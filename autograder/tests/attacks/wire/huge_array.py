"""Returns zeros that take no memory until they are copied: eight gigabytes."""

CELLS = {"center": "def center(x):\n    return np.zeros((2**15, 2**15))"}
OTHERS = "right"
SCORE = {"center": 0}
STATE = ("graded", "memory limit")
