"""Replaces every test by a number."""

SCORE = {}
STATE = "graded"


def change(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id", "").startswith("test-"):
            cell["source"] = "2"
