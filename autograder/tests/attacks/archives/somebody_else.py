"""A .zip of a folder a student, in which one has put a folder with a classmate's name that looks like nbgrader's."""

import zipfile

REFUSED = "else-bob has handed in both"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("else-ada/target.ipynb", notebook)
        archive.writestr("else-bob/target.ipynb", notebook)
        archive.writestr("else-ada/else-bob/02-target/target.ipynb", b"{}")
