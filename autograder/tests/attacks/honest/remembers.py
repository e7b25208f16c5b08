"""Counts its calls in a global variable, and keeps what it has computed."""

CELLS = {
    "step": """
calls = 0
seen = []

def step(theta, gradient, eta):
    global calls
    calls += 1
    seen.append(theta)
    return theta - eta * gradient
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
