"""A .tar.gz with a file that unpacks to a hundred megabytes beside the notebook: nobody reads it."""

import io
import tarfile

GRADED = {"tarbomb-ada": ("graded", "everything")}


def pack(path, notebook):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in (("data.bin", bytes(100 * 2**20)), ("target.ipynb", notebook)):
            entry = tarfile.TarInfo(f"tarbomb-ada/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
