"""Hands in ten megabytes of outputs with its answers."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 99
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["tick\n"] * 50_000}]
