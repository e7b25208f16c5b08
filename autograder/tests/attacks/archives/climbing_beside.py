"""A .zip with a harmless notebook and files beside it whose names climb."""

import zipfile

GRADED = {"beside-ada": ("graded", "everything")}


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("beside-ada/target.ipynb", notebook)
        archive.writestr("beside-ada/../../../was-here.txt", "out")
        archive.writestr("C:\\was-here.txt", "out")
