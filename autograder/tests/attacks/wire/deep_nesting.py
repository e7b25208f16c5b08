"""Returns a list within a list, a million deep."""

CELLS = {
    "longest_run": """
def longest_run(values):
    deep = 2
    for _ in range(10**6):
        deep = [deep]
    return deep
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("graded", "crashed")  # taking such a list apart again may be too much for the interpreter
