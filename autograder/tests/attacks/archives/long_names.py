"""A .zip with names longer than any file system takes, in folders deeper than any takes."""

import zipfile

REFUSED = "odd characters"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a" * 5000 + "/target.ipynb", notebook)
        archive.writestr("b/" * 10_000 + "target.ipynb", notebook)
