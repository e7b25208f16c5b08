"""Closes every descriptor of its process, standard output among them, in a cell that is no answer."""

EXTRA = {"slope": "import os\nos.closerange(0, 65536)"}
OTHERS = "right"
SCORE = {}
STATE = ("graded", "crashed")
