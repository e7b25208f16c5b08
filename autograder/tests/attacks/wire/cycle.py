"""Returns a list that contains itself, and a dictionary that does."""

CELLS = {
    "longest_run": "def longest_run(values):\n    values.append(values)\n    return values",
    "square_loss": "def square_loss(w, x, y):\n    loop = {}\n    loop['loop'] = loop\n    return loop, loop",
}
OTHERS = "right"
SCORE = {"longest_run": 0, "square_loss": 0}
STATE = "graded"
