"""Prints its environment, and its parents'."""

EXTRA = {
    "center": """
import glob, os
print(dict(os.environ))
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        print(path, open(path, "rb").read())
    except OSError:
        pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
NEVER = ["AUTOGRADER_CANARY"]
