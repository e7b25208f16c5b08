"""Hands in bytes that are no text in any encoding."""

SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.write_bytes(bytes(range(256)) * 100)
