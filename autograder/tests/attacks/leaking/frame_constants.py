"""Prints the constants and names in the bytecode of its callers."""

CELLS = {
    "longest_run": """
import sys

def longest_run(values):
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code.co_name == "points" or "earned" in code.co_varnames:
            raise ValueError("lea" + "ked " + repr((code.co_consts, code.co_names)))
        frame = frame.f_back
    return 1
"""
}
SCORE = {}
STATE = "graded"
NEVER = ["leaked"]
