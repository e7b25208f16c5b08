"""Writes forged answers in a cell, long before a test asks, so that they lie ready."""

EXTRA = {
    "longest_run": """
import os, struct
for descriptor in range(3, 64):
    try:
        os.set_blocking(descriptor, False)
        for number in range(100):
            body = b"\\x83\\xa2id" + bytes([number]) + b"\\xa2ok\\xc3\\xa5value\\x02"
            os.write(descriptor, struct.pack(">I", len(body)) + body)
    except OSError:
        pass
"""
}
CELLS = {"longest_run": "def longest_run(values):\n    return 17"}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("graded", "crashed")
