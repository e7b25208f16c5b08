"""Loops in each function: six limits, and the class goes on."""

CELLS = dict.fromkeys(["center", "square_loss", "slope", "shuffled", "longest_run", "step"])
for _name in CELLS:
    CELLS[_name] = f"def {_name}(*arguments, **options):\n    while True:\n        pass"
SCORE = {}
STATE = "time limit"
