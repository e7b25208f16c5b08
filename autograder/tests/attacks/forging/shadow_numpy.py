"""Leaves a numpy.py and a chainrule/ beside the notebook, where an import looks first."""

EXTRA = {
    "imports": """
import pathlib
fake = "def __getattr__(name):\\n    return lambda *arguments, **options: None\\n"
for name in ("numpy.py", "chainrule.py", "sitecustomize.py", "msgpack.py", "json.py", "struct.py"):
    pathlib.Path(name).write_text(fake)
"""
}
SCORE = {}
STATE = "graded"
