"""Leaves a process behind that listens on the network."""

EXTRA = {
    "slope": """
import subprocess, sys
subprocess.Popen([sys.executable, "-m", "http.server", "0"], start_new_session=True)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
