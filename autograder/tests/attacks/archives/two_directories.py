"""A .zip whose list says "ada" where the file itself says "bob": one who looks and one who unpacks see two students."""

import zipfile

REFUSED = "damaged"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("direct-ada/target.ipynb", notebook)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"direct-ada", b"direct-bob", 1))
