"""Returns the numeric gradient of the package that checks it, which is there to check."""

CELLS = {
    "slope": """
from chainrule.gradcheck import numerical_gradient

def slope(f, x):
    return numerical_gradient(f, x)
"""
}
SCORE = {}
STATE = "graded"
