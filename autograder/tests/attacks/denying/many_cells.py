"""Hands in a hundred thousand cells."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def change(notebook):
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": ""}
    notebook["cells"] += [empty | {"id": f"c{number}"} for number in range(100_000)]
