"""Leaves a process behind that has cut all ties with it."""

EXTRA = {
    "slope": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 65536)
        time.sleep(10**6)
    os._exit(0)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
