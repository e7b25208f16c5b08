"""Overwrites the integer 2 in memory, so that any answer is the expected one."""

CELLS = {
    "longest_run": """
import ctypes

def longest_run(values):
    for number in (0, 2, 3):
        ctypes.c_int.from_address(id(number) + 24).value = 17
    return 17
"""
}
SCORE = {}
STATE = ("graded", "crashed")  # an interpreter whose 0 is 17 may not live to say what it returned
