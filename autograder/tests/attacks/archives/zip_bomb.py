"""A .zip of a hundred kilobytes in which one notebook, and only this one, is a hundred megabytes long."""

import zipfile

GRADED = {"bomb-ada": ("unreadable", "nothing"), "bomb-bob": ("graded", "everything")}


def pack(path, notebook):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb-ada/target.ipynb", bytes(100 * 2**20))
        archive.writestr("bomb-bob/target.ipynb", notebook)
