"""Recurses deeply, finds out that it was too deep, and goes another way."""

CELLS = {
    "longest_run": """
def endless(n):
    return 1 + endless(n + 1)

def longest_run(values):
    try:
        endless(0)
    except RecursionError:
        pass
    longest = length = 0
    for i, value in enumerate(values):
        length = length + 1 if i and values[i - 1] == value else 1
        longest = max(longest, length)
    return longest
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
