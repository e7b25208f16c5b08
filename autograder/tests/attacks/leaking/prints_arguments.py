"""Prints what it is called with, unless that is the visible input: on every stream there is."""

CELLS = {
    "center": """
import logging, os, sys, warnings

def center(x):
    if x[0, 0] != 1.0:
        found = "lea" + "ked " + repr(x.tolist())
        print(found)
        print(found, file=sys.stderr, flush=True)
        sys.__stdout__.write(found)
        os.write(1, found.encode())
        os.write(2, found.encode())
        warnings.warn(found)
        logging.warning(found)
    return x - x.mean(axis=0)
"""
}
SCORE = {"center": 2}
STATE = "graded"
NEVER = ["leaked"]
