"""Comes from an editor that keeps each source as one text, or as a list of lines, or as a list of pieces."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    for number, cell in enumerate(notebook["cells"]):
        text = "".join(cell["source"])
        cell["source"] = [text, text.splitlines(keepends=True), list(text)][number % 3]
