"""Returns values that a report would show: texts, names and keys with HTML in them."""

CELLS = {
    "center": "def center(x):\n    return '<script>alert(1)</script>'",
    "square_loss": "def square_loss(w, x, y):\n    return {'<img src=x onerror=alert(1)>': 1}",
    "shuffled": "def shuffled(x, rng):\n    return np.array(['<script>alert(1)</script>'])",
}
OTHERS = "right"
SCORE = {"center": 0, "square_loss": 0, "shuffled": 0}
STATE = "graded"
