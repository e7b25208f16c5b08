"""Knows the answers to the visible inputs by heart and nothing else: the points of the visible half, no more."""

CELLS = {
    "center": "def center(x):\n    return np.array([[-1.0, -2.0], [1.0, 2.0]])",
    "square_loss": "def square_loss(w, x, y):\n    return 2.0, np.array([6.0, 2.0])",
    "slope": "def slope(f, x):\n    return np.array([2.0, 4.0])",
    "longest_run": "def longest_run(values):\n    return 2",
    "step": "def step(theta, gradient, eta):\n    return np.array([0.0, 1.0])",
}
SCORE = {"center": 1, "square_loss": 1, "slope": 0, "longest_run": 1.5, "step": 0}
STATE = "graded"
