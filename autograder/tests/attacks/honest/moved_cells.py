"""Has moved cells about: the question first, and each test above its answer."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    notebook["cells"].reverse()
