"""Lets a thread answer after its call has run into the limit, when the next test is asking."""

CELLS = {
    "longest_run": """
import os, threading, time

def later():
    while True:
        time.sleep(0.01)
        for descriptor in range(3, 64):
            try:
                os.set_blocking(descriptor, False)
                os.write(descriptor, b"\\x00\\x00\\x00\\x01\\x02")
            except OSError:
                pass

def longest_run(values):
    threading.Thread(target=later, daemon=True).start()
    time.sleep(10**6)
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("time limit", "crashed")
