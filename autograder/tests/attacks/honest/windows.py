"""Comes from Windows: line ends, and a mark for the byte order at the beginning of the file."""

CELLS = {"center": "def center(x):\r\n    m = x.mean(axis=0)\r\n    return x - m\r\n"}
OTHERS = "right"
SCORE = {}
STATE = "graded"


def write(path, notebook):
    path.write_bytes(b"\xef\xbb\xbf" + notebook.replace(b"\n", b"\r\n"))
