"""Returns what it is called with as a text and as a key, for a test that shows odd values."""

CELLS = {
    "slope": "def slope(f, x):\n    return 2 * x if x[0] == 1.0 else 'lea' + 'ked ' + repr(x)",
    "center": """
def center(x):
    return x - x.mean(axis=0) if x[0, 0] == 1.0 else {"lea" + "ked": x.tolist()}
""",
}
SCORE = {"center": 1}
STATE = "graded"
NEVER = ["leaked"]
