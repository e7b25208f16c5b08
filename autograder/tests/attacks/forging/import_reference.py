"""Imports the reference package's answers in place of its own."""

CELLS = {
    "square_loss": """
from chainrule.losses import squared_error
from chainrule.nets import Sequential
from chainrule.layers import Dense
import chainrule.ops, chainrule.kernels, chainrule.optim

def square_loss(w, x, y):
    loss, da = squared_error(x @ w, y)
    return loss / 2, x.T @ da / 2
"""
}
SCORE = {}
STATE = "graded"
