"""Hands in the first half of a file."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.write_bytes(notebook[: len(notebook) // 2])
