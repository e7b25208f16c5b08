"""Returns a number as an array without axes, and as a numpy scalar."""

CELLS = {
    "square_loss": """
def square_loss(w, x, y):
    error = x @ w - y
    return np.array(error @ error / (2 * len(y))), x.T @ error / len(y)
""",
    "longest_run": """
def longest_run(values):
    runs = [0]
    for i, value in enumerate(values):
        runs.append(runs[-1] + 1 if i and values[i - 1] == value else 1)
    return np.max(runs)
""",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
