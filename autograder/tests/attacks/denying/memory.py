"""Takes memory until there is none."""

CELLS = {
    "slope": """
def slope(f, x):
    hoard = []
    while True:
        hoard.append(bytearray(b"x" * 2**24))
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "graded"  # one process alone gets a MemoryError, which is an error of its call
