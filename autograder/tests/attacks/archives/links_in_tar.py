"""A .tar in which folders and notebooks are links, so that what follows would be written elsewhere."""

import io
import tarfile

GRADED = {"tarlink-ada": ("graded", "everything"), "tarlink-bob": ("graded", "everything")}


def pack(path, notebook):
    with tarfile.open(path, "w") as archive:
        for kind, name, target in (
            (tarfile.SYMTYPE, "tarlink-ada", "/tmp/was-here"),
            (tarfile.SYMTYPE, "tarlink-eve/target.ipynb", "../../../gradebook.db"),
            (tarfile.LNKTYPE, "tarlink-joe/target.ipynb", "/etc/passwd"),
        ):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, target
            archive.addfile(entry)
        for name in ("tarlink-ada/target.ipynb", "tarlink-bob/target.ipynb"):
            entry = tarfile.TarInfo(name)
            entry.size = len(notebook)
            archive.addfile(entry, io.BytesIO(notebook))
