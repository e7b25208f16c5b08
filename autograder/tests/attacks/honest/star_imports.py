"""Imports everything, again and under other names."""

EXTRA = {"center": "from math import *\nfrom numpy.linalg import *\nimport numpy\nimport numpy as N\nimport chainrule"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
