"""Kills every process that it may."""

CELLS = {
    "slope": """
import os, signal
def slope(f, x):
    os.kill(-1, signal.SIGKILL)
    os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
