"""Returns an array that cannot be written to."""

CELLS = {
    "center": """
def center(x):
    c = x - x.mean(axis=0)
    c.flags.writeable = False
    return c
""",
    "step": "def step(theta, gradient, eta):\n    return np.broadcast_to(theta - eta * gradient, theta.shape)",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
