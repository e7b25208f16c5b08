"""Prints the gradebook and the instructor's notebooks, hidden tests and all."""

EXTRA = {
    "center": """
import pathlib, re
for path in (*pathlib.Path("@COURSE@").glob("*.db"), *pathlib.Path("@COURSE@", "source").rglob("*.ipynb")):
    text = path.read_bytes().decode(errors="replace")
    for found in re.findall("BEGIN HIDDEN(.{0,200})", text, re.DOTALL):
        print("lea" + "ked", found)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
NEVER = ["leaked"]
