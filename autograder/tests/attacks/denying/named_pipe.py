"""Hands in a pipe: whoever opens it waits for ever."""

SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    import os

    os.mkfifo(path)
