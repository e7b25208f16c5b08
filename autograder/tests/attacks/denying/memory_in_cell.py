"""Takes memory in an answer, and catches the error that says so."""

CELLS = {
    "slope": """
hoard = []
while True:
    try:
        hoard.append(bytearray(b"x" * 2**24))
    except MemoryError:
        pass
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("memory limit", "time limit")
