"""Takes memory in many processes, each of which stays below a limit."""

CELLS = {
    "slope": """
import os, time
def slope(f, x):
    for _ in range(32):
        if os.fork() == 0:
            hoard = [bytearray(b"x" * 2**24) for _ in range(20)]
            time.sleep(10**6)
    time.sleep(10**6)
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("memory limit", "time limit", "graded")  # too many processes raises before too much memory counts
