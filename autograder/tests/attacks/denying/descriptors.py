"""Opens files until no more can be opened, in a call."""

CELLS = {
    "slope": """
import os
opened = []
def slope(f, x):
    try:
        while True:
            opened.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        return 0 * x
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "graded"
