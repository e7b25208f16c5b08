"""A .zip of a hundred kilobytes in which one notebook is a hundred megabytes long. Whose it is: unreadable. The others: graded."""

import zipfile

GRADED = {"bomb-ada": ("unreadable", "nothing"), "bomb-bob": ("graded", "everything")}


def pack(path, notebook):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb-ada/target.ipynb", bytes(100 * 2**20))
        archive.writestr("bomb-bob/target.ipynb", notebook)
