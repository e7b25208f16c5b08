"""Announces an answer of four gigabytes and never sends it."""

CELLS = {
    "longest_run": """
import os, time
def longest_run(values):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\\xff\\xff\\xff\\xff\\xdb\\xff\\xff\\xff\\xff")
        except OSError:
            pass
    time.sleep(10**6)
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("crashed", "time limit", "graded")
