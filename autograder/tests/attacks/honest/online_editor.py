"""Comes from an online editor, with metadata of its own, another kernel's name and a pair of empty cells."""

OTHERS = "right"
SCORE = {}
STATE = "graded"


def change(notebook):
    notebook["metadata"] = {
        "colab": {"provenance": []},
        "accelerator": "GPU",
        "kernelspec": {"name": "python310-gpu", "display_name": "Python 3.10 (GPU)"},
    }
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"]["id"] = f"x{number}"
        cell["metadata"]["outputId"] = "y"
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": []}
    notebook["cells"] += [empty, empty]
