"""Writes files and reads them again, in its folder and in a temporary one."""

EXTRA = {
    "center": """
import pathlib, tempfile
np.save("means.npy", np.zeros(3))
pathlib.Path("notes").mkdir()
pathlib.Path("notes/today.txt").write_text("今天")
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "x").write_text("x")
"""
}
CELLS = {"center": "def center(x):\n    return x - x.mean(axis=0) + np.load('means.npy')[:2]"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
