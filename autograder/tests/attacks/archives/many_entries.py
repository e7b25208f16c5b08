"""A .zip with fifty thousand files beside the notebook."""

import zipfile

GRADED = {"many-ada": ("graded", "everything")}


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(50_000):
            archive.writestr(f"many-ada/{number}.txt", "")
        archive.writestr("many-ada/target.ipynb", notebook)
