"""Kills the first process of its sandbox, which carries the messages of all its tests."""

CELLS = {
    "slope": """
import os, signal
def slope(f, x):
    for pid in sorted(int(name) for name in os.listdir("/proc") if name.isdigit()):
        if pid != os.getpid():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    return 0 * x
"""
}
OTHERS = "right"
SCORE = {"slope": 0}
STATE = "crashed"
