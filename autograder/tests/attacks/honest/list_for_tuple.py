"""Returns a list where a tuple was meant, and lists of numbers where arrays were."""

CELLS = {
    "square_loss": """
def square_loss(w, x, y):
    error = x @ w - y
    return [error @ error / (2 * len(y)), x.T @ error / len(y)]
""",
    "slope": """
def slope(f, x):
    result = []
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        result.append((f(up) - f(down)) / 2e-5)
    return result
""",
    "step": "def step(theta, gradient, eta):\n    return [t - eta * g for t, g in zip(theta, gradient)]",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
