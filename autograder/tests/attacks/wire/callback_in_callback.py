"""Calls the test's function with functions of its own that call it again, and again."""

CELLS = {
    "slope": """
def slope(f, x):
    def again(*arguments):
        return f(again)
    try:
        f(again)
    except Exception:
        pass
    return 0 * x
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "graded"
