"""Computes in threads."""

CELLS = {
    "slope": """
from concurrent.futures import ThreadPoolExecutor

def slope(f, x):
    def entry(step):
        return (f(x + step) - f(x - step)) / 2e-5
    with ThreadPoolExecutor(4) as pool:
        return np.array(list(pool.map(entry, 1e-5 * np.eye(len(x)))))
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
