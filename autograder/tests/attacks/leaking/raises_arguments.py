"""Raises what it is called with: as the message, as the notes and as the cause of an exception."""

CELLS = {
    "longest_run": """
def longest_run(values):
    if values and values[0] > 9:
        error = ValueError("lea" + "ked " + repr(values))
        error.add_note("lea" + "ked " + repr(values))
        raise error from KeyError("lea" + "ked " + repr(values))
    return 2 if values else 0
"""
}
SCORE = {"longest_run": 0}
STATE = "graded"
NEVER = ["leaked"]
