"""Looks for the grader's own code, its settings and whatever else is mounted, and lists what it may not see."""

EXTRA = {
    "center": """
import os, pathlib
for root in ("@COURSE@", "@HOME@", "/home", "/root", "/srv", "/mnt", "/media"):
    for folder, _, files in os.walk(root):
        for name in files:
            if name in ("gradebook.db", "id_ed25519", "nbgrader_config.py") or name.endswith(".ipynb"):
                print("lea" + "ked", folder, name)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
NEVER = ["leaked"]
