"""Hands in a file of a terabyte, nearly all of which is a hole."""

SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    with path.open("wb") as file:
        file.write(notebook)
        file.truncate(2**40)
