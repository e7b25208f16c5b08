"""Loops for ever, catches whatever is meant to stop it, and ignores signals."""

CELLS = {
    "slope": """
import signal
def slope(f, x):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "time limit"
