"""Calls the test's function from many threads at once."""

CELLS = {
    "slope": """
from concurrent.futures import ThreadPoolExecutor

def slope(f, x):
    with ThreadPoolExecutor(16) as pool:
        values = list(pool.map(lambda _: f(x), range(1000)))
    return 0 * x + len(values)
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("graded", "crashed", "time limit")
