"""Puts other files in the place of its descriptors: the answer goes into a file, questions come from /dev/zero."""

CELLS = {
    "longest_run": """
import os
def longest_run(values):
    sink, source = os.open("/dev/null", os.O_WRONLY), os.open("/dev/zero", os.O_RDONLY)
    for descriptor in range(0, 64):
        if descriptor not in (sink, source):
            os.dup2(source if descriptor == 0 else sink, descriptor)
    return 2
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("crashed", "time limit")
