"""Hands the test's function a list and a number, whose product would take all the memory of the test runner."""

CELLS = {
    "slope": """
def slope(f, x):
    for strange in ([[0] * 1000, 10**8], ["x" * 10**6, 10**6], [b"x" * 10**7, 10**5], [10**2400, 10**2400]):
        try:
            f(strange)
        except Exception:
            pass
    return 0 * x
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "graded"
