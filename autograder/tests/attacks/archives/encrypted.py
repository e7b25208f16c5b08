"""A .zip that asks for a password."""

import zipfile

REFUSED = "damaged or encrypted"


def pack(path, notebook):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("secret-ada/target.ipynb", notebook)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
