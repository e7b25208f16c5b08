"""A .zip whose names climb out of the folder that it would be unpacked in."""

import zipfile

GRADED = {"climbing-ada": ("graded", "everything")}


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("climbing-ada/target.ipynb", notebook)
        archive.writestr("../target.ipynb", notebook)
        archive.writestr("../../../was-here/../target.ipynb", notebook)
