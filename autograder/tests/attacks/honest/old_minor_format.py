"""Comes from an editor of years ago, which knows no cell ids."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        del cell["id"]
