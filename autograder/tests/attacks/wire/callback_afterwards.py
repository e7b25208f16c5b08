"""Keeps the test's function and calls it when that test is long over, in another one."""

CELLS = {
    "slope": """
kept = []
def slope(f, x):
    kept.append(f)
    if len(kept) > 1:
        kept[0](x)
    return 0 * x
""",
    "longest_run": "def longest_run(values):\n    return kept[0](values)",
}
OTHERS = "right"
SCORE = {"slope": 0, "longest_run": 0}
STATE = "graded"
