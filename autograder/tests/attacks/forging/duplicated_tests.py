"""Has a second, easier copy of each test cell under the same name. Which of them counts? Nobody should guess."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def change(notebook):
    tests = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    notebook["cells"] += [dict(cell, source="3", id=f"again-{number}") for number, cell in enumerate(tests)]
