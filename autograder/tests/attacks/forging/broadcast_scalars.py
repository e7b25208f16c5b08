"""Returns shapes that numpy would stretch over the expected one."""

CELLS = {
    "center": "def center(x):\n    return (x - x.mean(axis=0))[:1]",
    "square_loss": "def square_loss(w, x, y):\n    return np.array([[2.0]]), np.array([[0.0]])",
    "slope": "def slope(f, x):\n    return 2.0",
    "shuffled": "def shuffled(x, rng):\n    return x[:1]",
    "longest_run": "def longest_run(values):\n    return np.arange(4)",
    "step": "def step(theta, gradient, eta):\n    return 0.0",
}
SCORE = {}
STATE = "graded"
