"""Answers with random bytes."""

CELLS = {
    "longest_run": """
import os
def longest_run(values):
    for descriptor in range(3, 64):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, os.urandom(10**5))
        except OSError:
            pass
    os._exit(0)
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("crashed", "graded")
