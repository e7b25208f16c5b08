"""Fills memory that belongs to no process: /dev/shm and anonymous files."""

CELLS = {
    "slope": """
import os
def slope(f, x):
    files = [os.memfd_create("hoard"), os.open("/dev/shm/hoard", os.O_CREAT | os.O_RDWR)]
    while True:
        for file in files:
            os.write(file, b"x" * 2**24)
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("graded", "memory limit", "crashed", "time limit")  # whichever limit comes first, it holds
