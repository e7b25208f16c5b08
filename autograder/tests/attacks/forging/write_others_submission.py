"""Overwrites what its neighbours have handed in."""

EXTRA = {
    "center": """
import pathlib

for path in pathlib.Path("@COURSE@", "submitted").rglob("*.ipynb"):
    path.write_text("{}")
"""
}
SCORE = {}
STATE = "graded"
