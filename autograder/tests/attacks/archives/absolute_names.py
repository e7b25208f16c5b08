"""A .zip whose names begin at the root of the disk."""

import zipfile

REFUSED = "deeper"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("absolute-ada/target.ipynb", notebook)
        archive.writestr("/tmp/was-here/absolute-tmp/target.ipynb", notebook)
