"""Prints and displays points, wherever a cell's output might be taken for a test's."""

EXTRA = {
    "test-center": """
from IPython.display import display
print("2")
display(2)
2
"""
}
CELLS = {"center": "def center(x):\n    print('2')\n    display(2)\n    return x\n2"}
SCORE = {}
STATE = "graded"
