"""A .zip in which a student hands in for a classmate who has handed in nothing, from the own folder."""

import zipfile

REFUSED = "deeper"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("absent-ada/target.ipynb", notebook)
        archive.writestr("absent-ada/absent-bob/target.ipynb", b"{}")
