"""Returns functions, classes, modules, generators and open files."""

CELLS = {
    "center": "def center(x):\n    return center",
    "square_loss": "import numpy\ndef square_loss(w, x, y):\n    return numpy, type",
    "slope": "def slope(f, x):\n    return f",
    "shuffled": "def shuffled(x, rng):\n    return rng",
    "longest_run": "def longest_run(values):\n    return open('/dev/null')",
    "step": "def step(theta, gradient, eta):\n    return (n for n in theta)",
}
SCORE = {}
STATE = "graded"
