"""Leaves its interpreter in disorder for whatever comes next in it, right answers among them."""

EXTRA = {
    "slope": """
import gc, os, sys, threading
gc.disable()
sys.setswitchinterval(1000.0)
os.chdir("/")
os.umask(0o777)
sys.stdout = sys.stderr = sys.stdin = None
sys.path.clear()
sys.argv = None
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
