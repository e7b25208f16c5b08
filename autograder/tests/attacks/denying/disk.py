"""Fills the disk."""

CELLS = {
    "slope": """
def slope(f, x):
    with open("hoard", "wb") as file:
        while True:
            file.write(b"x" * 2**24)
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("graded", "memory limit", "crashed")
