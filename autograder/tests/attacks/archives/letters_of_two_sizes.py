"""A .zip with students whose ids differ in capital letters only: two people on one disk, one on another."""

import zipfile

REFUSED = "capital letters"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letters-ada/target.ipynb", notebook)
        archive.writestr("letters-Ada/target.ipynb", b"{}")
