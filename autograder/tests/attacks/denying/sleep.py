"""Sleeps until the end of the term, which costs no processor time."""

CELLS = {"slope": "import time\ndef slope(f, x):\n    time.sleep(10**7)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "time limit"
