"""Looks for the instructor's notebooks on the disk and runs the solution that it finds there."""

CELLS = {
    "center": """
import json, pathlib

for root in ("@COURSE@/source", "@COURSE@/submitted", "@COURSE@/autograded", *map(str, pathlib.Path.cwd().parents)):
    for path in [*pathlib.Path(root).glob("*.ipynb"), *pathlib.Path(root).glob("0*/*.ipynb")]:
        for cell in json.loads(path.read_text())["cells"]:
            source = "".join(cell["source"])
            if "def center" in source and "NotImplementedError" not in source:
                exec(source)
"""
}
SCORE = {}
STATE = "graded"
