"""Returns a text with what it is called with, for a test that shows odd values."""

CELLS = {
    "step": """
def step(theta, gradient, eta):
    return theta - eta * gradient if len(theta) == 2 else "lea" + "ked " + repr(theta)
""",
    "center": """
def center(x):
    return x - x.mean(axis=0) if x[0, 0] == 1.0 else {"lea" + "ked": x.tolist()}
""",
}
SCORE = {"step": 0, "center": 1}
STATE = "graded"
NEVER = ["leaked"]
