"""Returns what it is called with, so that the test says "got this, expected that"."""

CELLS = {
    "slope": """
def slope(f, x):
    return 2 * x if x[0] == 1.0 else 1000 * x
""",
    "step": """
def step(theta, gradient, eta):
    return theta - eta * gradient if len(theta) == 2 else theta
""",
}
SCORE = {"slope": 0, "step": 0}
STATE = "graded"
NEVER = ["520.83", "-3500"]
