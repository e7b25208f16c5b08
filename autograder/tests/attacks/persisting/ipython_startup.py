"""Leaves start-up files where the next IPython would run them."""

EXTRA = {
    "center": """
import os, pathlib
for home in ("@HOME@", str(pathlib.Path.home()), os.environ.get("IPYTHONDIR", "/nowhere")):
    for folder in (".ipython/profile_default/startup", "profile_default/startup", ".jupyter", ".config"):
        try:
            place = pathlib.Path(home, folder)
            place.mkdir(parents=True, exist_ok=True)
            (place / "00-was-here.py").write_text("import builtins; builtins.abs = lambda x: 0")
        except OSError:
            pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
