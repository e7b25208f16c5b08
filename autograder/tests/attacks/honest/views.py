"""Returns views: a slice with steps, a transpose, a reversed array, a broadcast one."""

CELLS = {
    "center": "def center(x):\n    c = np.repeat(x - x.mean(axis=0), 2, axis=0)\n    return c[::2]",
    "square_loss": """
def square_loss(w, x, y):
    error = x @ w - y
    return error @ error / (2 * len(y)), ((error @ x) / len(y))[::-1][::-1]
""",
    "shuffled": "def shuffled(x, rng):\n    order = rng.permutation(len(x))\n    return x.T[:, order].T",
    "step": "def step(theta, gradient, eta):\n    return np.stack([theta - eta * gradient] * 3)[1]",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
