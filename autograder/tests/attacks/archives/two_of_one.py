"""A .zip with two notebooks of one student, one of which somebody else has put there."""

import zipfile

REFUSED = "has handed in both"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("first/twice-ada/target.ipynb", notebook)
        archive.writestr("second/twice-ada/target.ipynb", b"{}")
