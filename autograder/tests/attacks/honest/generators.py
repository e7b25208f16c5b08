"""Uses generators, comprehensions and assignment expressions."""

CELLS = {
    "longest_run": """
def runs(values):
    length = 0
    for i, value in enumerate(values):
        yield (length := length + 1 if i and values[i - 1] == value else 1)

def longest_run(values):
    return max(runs(values), default=0)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
