"""Hides brackets within brackets in the metadata of a notebook that is otherwise right."""

OTHERS = "right"
SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.write_bytes(
        notebook.replace(b'"metadata": {', b'"metadata": {"x": ' + b"[" * 50_000 + b"]" * 50_000 + b", ", 1)
    )
