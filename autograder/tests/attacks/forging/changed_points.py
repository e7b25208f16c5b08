"""Says that each of its test cells is worth a thousand points."""

CELLS = {"center": "def center(x):\n    return x - x.mean(axis=0)"}
SCORE = {"center": 2}
STATE = "graded"


def change(notebook):
    for cell in notebook["cells"]:
        settings = cell["metadata"].get("nbgrader", {})
        if settings.get("grade"):
            settings["points"] = 1000
