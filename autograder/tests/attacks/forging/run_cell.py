"""Replaces the method that runs cells by one that reports success without running anything."""

CELLS = {
    "center": """
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

async def nothing(self, *arguments, **options):
    return ExecutionResult(None)

InteractiveShell.run_cell_async = nothing
type(get_ipython()).run_cell_async = nothing
"""
}
SCORE = {}
STATE = "graded"
