"""Leaves a .pth file and a sitecustomize.py that every later Python would run."""

EXTRA = {
    "center": """
import pathlib, site, sys
places = {*site.getsitepackages(), site.getusersitepackages(), *sys.path, sys.prefix}
for place in filter(None, places):
    for name, text in (("was-here.pth", "import os"), ("sitecustomize.py", ""), ("usercustomize.py", "")):
        try:
            pathlib.Path(place).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(place) / name).write_text(text)
        except OSError:
            pass
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
