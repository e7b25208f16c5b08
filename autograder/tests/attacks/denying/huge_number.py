"""Has a number of a million digits in its JSON."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.write_bytes(notebook.replace(b'"nbformat": 4', b'"nbformat": ' + b"4" * 1_000_000, 1))
