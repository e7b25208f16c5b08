"""Raises into the other threads of its process and into the loop that serves it."""

CELLS = {
    "longest_run": """
import ctypes, signal, threading

def longest_run(values):
    for thread in threading.enumerate():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))
    signal.setitimer(signal.ITIMER_REAL, 1e-4)
    return 17
"""
}
OTHERS = "right"
SCORE = {"longest_run": 0}
STATE = ("graded", "crashed")
