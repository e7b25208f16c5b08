"""Hands in brackets within brackets, a hundred thousand deep."""

SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.write_bytes(b"[" * 100_000 + b"]" * 100_000)
