"""Has notes in a code cell that are no code."""

EXTRA = {"center": "TODO: ask in the exercise class whether the mean is over rows"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
