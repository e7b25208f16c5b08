"""Looks for repositories and leaves hooks that run at the next commit."""

EXTRA = {
    "center": """
import pathlib
for folder in (pathlib.Path("@COURSE@"), pathlib.Path("@HOME@"), *pathlib.Path.cwd().parents):
    try:
        (folder / ".git" / "hooks").mkdir(parents=True, exist_ok=True)
        (folder / ".git" / "hooks" / "pre-commit").write_text("#!/bin/sh\\n# was-here\\n")
    except OSError:
        pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
