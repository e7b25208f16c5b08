"""Returns NaN, which is on neither side of any tolerance."""

CELLS = {
    "center": "def center(x):\n    return x * np.nan",
    "square_loss": "def square_loss(w, x, y):\n    return float('nan'), w * np.nan",
    "slope": "def slope(f, x):\n    return x * np.nan",
    "shuffled": "def shuffled(x, rng):\n    return x * np.nan",
    "longest_run": "def longest_run(values):\n    return float('nan')",
    "step": "def step(theta, gradient, eta):\n    return theta * np.nan",
}
SCORE = {}
STATE = "graded"
