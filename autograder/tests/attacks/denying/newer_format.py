"""Says that its format is one of the next decade."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def change(notebook):
    notebook["nbformat"] = 9
