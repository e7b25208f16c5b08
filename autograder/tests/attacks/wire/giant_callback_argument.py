"""Hands the test's function an array of eight gigabytes, and one of objects."""

CELLS = {
    "slope": """
import numpy as np
def slope(f, x):
    for strange in (np.zeros((2**15, 2**15)), np.array([f, f]), [[[]]] * 10**6, 1 << 10**7):
        try:
            f(strange)
        except Exception:
            pass
    return 0 * x
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("graded", "memory limit")
