"""Hands in a pipe: whoever opens it waits for ever."""

SCORE = "nothing"
STATE = "not graded"  # there is no notebook, which is said; an archive could not bring this in


def write(path, notebook):
    import os

    os.mkfifo(path)
