"""Has the time of the answer's cell measured."""

CELLS = {
    "center": "%%time\ndef center(x):\n    return x - x.mean(axis=0)",
    "step": "%precision 3\ndef step(theta, gradient, eta):\n    return theta - eta * gradient",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
