"""Starts threads without end, each of which keeps the interpreter busy."""

CELLS = {
    "slope": """
import threading
def spin():
    while True:
        pass
def slope(f, x):
    while True:
        try:
            threading.Thread(target=spin).start()
        except RuntimeError:
            pass
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = ("time limit", "memory limit", "crashed")
