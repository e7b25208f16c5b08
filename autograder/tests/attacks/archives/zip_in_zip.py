"""A .zip that holds itself, nearly, and again, where a notebook is expected."""

import io
import zipfile

GRADED = {"nested-ada": ("unreadable", "nothing")}


def pack(path, notebook):
    content = notebook
    for _ in range(20):
        layer = io.BytesIO()
        with zipfile.ZipFile(layer, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(3):
                archive.writestr(f"nested-ada/{copy}.zip", content)
            archive.writestr("nested-ada/target.ipynb", content)
        content = layer.getvalue() if len(layer.getvalue()) < 2**20 else content
    path.write_bytes(content)
