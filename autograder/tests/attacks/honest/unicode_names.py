"""Writes mathematics with the letters of mathematics, and comments in Chinese."""

CELLS = {"step": "def step(θ, gradient, eta):\n    η, δ = eta, gradient  # 学习率\n    θ新 = θ - η * δ\n    return θ新"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
