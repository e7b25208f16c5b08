"""Gives the right step, but by changing theta, and hopes that nobody looks at theta afterwards."""

CELLS = {"step": "def step(theta, gradient, eta):\n    theta -= eta * gradient\n    return theta"}
SCORE = {"step": 0}
STATE = "graded"
