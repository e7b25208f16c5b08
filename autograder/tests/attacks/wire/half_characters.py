"""Returns texts that no encoding can carry, as a value, as a key and as a message."""

CELLS = {
    "longest_run": "def longest_run(values):\n    return '\\ud800'",
    "square_loss": "def square_loss(w, x, y):\n    return {'\\udfff': 1}",
    "slope": "def slope(f, x):\n    raise ValueError('\\ud800\\x00')",
}
OTHERS = "right"
SCORE = {"longest_run": 0, "square_loss": 0, "slope": 0}
STATE = "graded"
