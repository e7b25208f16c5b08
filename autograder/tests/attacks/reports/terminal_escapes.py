"""Prints, raises and is named by what a terminal obeys: colours, a new title, the clipboard, lines taken back."""

CELLS = {
    "center": """
ESCAPES = "\\x1b[2J\\x1b]0;title\\x07\\x1b]52;c;eA==\\x07\\x1b[1A\\x1b[2K\\x9b31m\\r\\x08\\x00\\u202e"
print(ESCAPES)
import os
os.write(1, ESCAPES.encode())
def center(x):
    raise type("Odd" + ESCAPES.replace("\\x00", ""), (Exception,), {})(ESCAPES)
"""
}
OTHERS = "right"
SCORE = {"center": 0}
STATE = "graded"
