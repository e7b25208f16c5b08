"""Prints every step, as one does to find a mistake, and forgets to take the prints out."""

CELLS = {
    "longest_run": """
def longest_run(values):
    longest = length = 0
    for i, value in enumerate(values):
        for _ in range(20_000):
            print("now at", i, "with", value, "longest so far", longest)
        length = length + 1 if i and values[i - 1] == value else 1
        longest = max(longest, length)
    return longest
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
