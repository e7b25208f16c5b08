"""Hands in a link to the instructor's own notebook, which has all the answers."""

SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.symlink_to(path.parents[3] / "source" / "02-target" / "target.ipynb")
