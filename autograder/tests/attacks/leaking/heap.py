"""Searches every object that is alive for the text of a hidden test."""

CELLS = {
    "longest_run": """
import gc

def longest_run(values):
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            for key, value in list(thing.items()):
                if isinstance(value, str) and "earned" + " +=" in value:
                    raise ValueError("lea" + "ked " + value)
    return 1
"""
}
SCORE = {}
STATE = "graded"
NEVER = ["leaked"]
