"""An honest archive: an LMS has put names, dates and numbers around each file."""

import zipfile

GRADED = {"renamed-ada": ("graded", "everything"), "renamed-bob": ("graded", "everything")}


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("renamed-ada_1047_assignsubmission_file_My homework (3) FINAL.ipynb", notebook)
        archive.writestr("renamed-bob_1048_assignsubmission_file_target-Kopie.ipynb", notebook)
