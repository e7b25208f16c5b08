"""Answers by the number of the call, as if it knew the order of the tests."""

CELLS = {
    "longest_run": """
answers = iter([2, 3, 0, 2, 3, 0])

def longest_run(values):
    return 4 if values and values[0] > 9 else next(answers)
"""
}
SCORE = {"longest_run": 1.5}
STATE = "graded"
