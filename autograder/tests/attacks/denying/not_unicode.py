"""Has a byte in its sources that is not UTF-8."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.write_bytes(notebook.replace(b"def center", b"def center\xff", 1))
