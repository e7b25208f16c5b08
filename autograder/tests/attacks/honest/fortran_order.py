"""Returns arrays in another memory layout, and in the other byte order."""

CELLS = {
    "center": "def center(x):\n    return np.asfortranarray(x - x.mean(axis=0))",
    "step": "def step(theta, gradient, eta):\n    return (theta - eta * gradient).astype('>f8')",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
