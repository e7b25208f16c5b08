"""Shuffles, but with chance of its own, and so not in a way that can be repeated."""

CELLS = {"shuffled": "def shuffled(x, rng):\n    return x[np.random.default_rng().permutation(len(x))]"}
OTHERS = "right"
SCORE = {"shuffled": 0}
STATE = "graded"
