"""Changes a helper of an earlier answer later on: each test sees the notebook as it stood above it."""

EXTRA = {"center": "def mean(x):\n    return x.mean(axis=0)"}
CELLS = {
    "center": "def center(x):\n    return x - mean(x)",
    "longest_run": """
def mean(x):
    return None

def center(x):
    return None

def longest_run(values):
    longest = length = 0
    for i, value in enumerate(values):
        length = length + 1 if i and values[i - 1] == value else 1
        longest = max(longest, length)
    return longest
""",
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
