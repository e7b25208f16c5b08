"""Keeps its helpers in cells of its own."""

EXTRA = {
    "center": "def column_means(x):\n    return x.sum(axis=0) / len(x)",
    "slope": "h = 1e-5\ndef nudged(x, i, by):\n    x = x.copy()\n    x[i] += by\n    return x",
}
CELLS = {
    "center": "def center(x):\n    return x - column_means(x)",
    "slope": """
def slope(f, x):
    return np.array([(f(nudged(x, i, h)) - f(nudged(x, i, -h))) / (2 * h) for i in range(len(x))])
""",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
