"""Hands in a folder with the notebook's name."""

SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.mkdir()
