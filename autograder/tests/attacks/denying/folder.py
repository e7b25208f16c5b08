"""Hands in a folder with the notebook's name."""

SCORE = "nothing"
STATE = "not graded"  # there is no notebook, which is said; an archive could not bring this in


def write(path, notebook):
    path.mkdir()
