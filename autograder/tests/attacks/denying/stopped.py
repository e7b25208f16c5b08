"""Stops its own process, so that it neither runs nor ends."""

CELLS = {"slope": "import os, signal\ndef slope(f, x):\n    os.kill(os.getpid(), signal.SIGSTOP)"}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "time limit"
