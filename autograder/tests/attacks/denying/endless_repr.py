"""Ends a cell with a value that takes for ever to show."""

EXTRA = {
    "slope": """
class Slow:
    def __repr__(self):
        while True:
            pass
Slow()
"""
}
OTHERS = "right"
SCORE = {}
STATE = "time limit"
