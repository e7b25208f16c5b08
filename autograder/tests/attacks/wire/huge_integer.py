"""Returns an integer of a hundred million bits, and one just above 64."""

CELLS = {
    "longest_run": "def longest_run(values):\n    return 1 << 10**8",
    "square_loss": "def square_loss(w, x, y):\n    return -2**64 - 1, w",
}
OTHERS = "right"
SCORE = {"longest_run": 0, "square_loss": 0}
STATE = "graded"
