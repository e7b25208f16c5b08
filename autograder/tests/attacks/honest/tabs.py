"""Indents with tabs and ends lines with spaces."""

CELLS = {"center": "def center(x):\t \n\tm = x.mean(axis=0)  \n\t\n\treturn x - m\t\n\n\n"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
