"""Prints for ever in an answer: what is kept has a limit."""

CELLS = {"slope": "while True:\n    print('x' * 10**5, flush=True)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("time limit", "crashed")
