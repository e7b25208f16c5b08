"""A .tar.gz of which the second half is missing."""

import io
import random
import tarfile

REFUSED = "damaged"


def pack(path, notebook):
    with tarfile.open(path, "w:gz") as archive:
        for name in ("cut-ada", "cut-bob"):
            content = notebook + random.Random(name).randbytes(10_000)
            entry = tarfile.TarInfo(f"{name}/target.ipynb")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
