"""Exchanges the names of a hard test and an easy one."""

CELLS = {"center": "def center(x):\n    return x - x.mean(axis=0)"}
SCORE = {"center": 2}
STATE = "graded"


def change(notebook):
    swap = {"test-center": "test-square_loss", "test-square_loss": "test-center"}
    for cell in notebook["cells"]:
        settings = cell["metadata"].get("nbgrader", {})
        settings["grade_id"] = swap.get(settings.get("grade_id"), settings.get("grade_id"))
