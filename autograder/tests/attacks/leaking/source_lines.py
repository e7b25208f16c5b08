"""Reads the source of its callers, as a traceback would, and prints it."""

CELLS = {
    "longest_run": """
import inspect, linecache, sys

def longest_run(values):
    lines = [line for frame in inspect.stack(context=30) for line in frame.code_context or []]
    lines += [line for entry in linecache.cache.values() if len(entry) > 2 for line in entry[2]]
    found = [line for line in lines if "earned" + " +=" in line]
    if found:
        print("lea" + "ked", found)
        raise ValueError("lea" + "ked " + "".join(found))
    return 1
"""
}
SCORE = {}
STATE = "graded"
NEVER = ["leaked"]
