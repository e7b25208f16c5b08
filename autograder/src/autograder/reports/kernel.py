"""The instructor's own notebooks, run in a Jupyter kernel as a reader runs them: what slides are made from.

Nothing that a student wrote comes here; that is the engine's.
"""

import os
import subprocess
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.course.languages import language_of

__all__ = ["run_in_kernel"]

CELL_S = 300


def run_in_kernel(notebook: NotebookNode, folder: Path) -> str:
    """Run all code cells in place, errors and all.

    Args:
        notebook: gets the outputs.
        folder: where it runs; its data files are there.

    Returns:
        why it did not come to its end, empty if it did.
    """
    client = NotebookClient(
        notebook,
        timeout=CELL_S,
        allow_errors=True,
        record_timing=False,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        environment = os.environ | {"CHAINRULE_LANGUAGE": language_of(notebook)}
        # what a kernel writes past Jupyter is of no interest to who makes slides
        client.execute(env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except CellTimeoutError:
        return f"a cell that runs longer than {CELL_S} s"
    except DeadKernelError:
        return "a kernel that died"
    return ""
