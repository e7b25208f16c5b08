"""Has put prints into the tests to see what goes wrong, and deleted one by accident."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name.startswith("test-"):
            cell["source"] = ["print('here')\n", "assert False\n"]
    notebook["cells"] = [
        cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") != "test-slope"
    ]
