"""A .tar with a pipe, a terminal and a disk where notebooks should be."""

import io
import tarfile

GRADED = {"device-bob": ("graded", "everything")}


def pack(path, notebook):
    with tarfile.open(path, "w") as archive:
        for kind, student in (
            (tarfile.FIFOTYPE, "device-ada"),
            (tarfile.CHRTYPE, "device-eve"),
            (tarfile.BLKTYPE, "device-joe"),
        ):
            entry = tarfile.TarInfo(f"{student}/target.ipynb")
            entry.type, entry.devmajor, entry.devminor = kind, 1, 5
            archive.addfile(entry)
        entry = tarfile.TarInfo("device-bob/target.ipynb")
        entry.size = len(notebook)
        archive.addfile(entry, io.BytesIO(notebook))
