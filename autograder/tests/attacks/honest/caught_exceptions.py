"""Raises and catches exceptions of its own."""

CELLS = {
    "longest_run": """
class Found(Exception):
    def __init__(self, length):
        self.length = length

def longest_run(values):
    for length in range(len(values), 0, -1):
        try:
            for start in range(len(values) - length + 1):
                if len(set(values[start : start + length])) == 1:
                    raise Found(length)
        except Found as found:
            return found.length
    return 0
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
