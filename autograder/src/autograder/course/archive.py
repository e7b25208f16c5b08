"""Read-only access to a folder, a .zip or a .tar archive: names and bytes, never extracted to disk.

So nothing in it can do harm: neither a path with "..", nor a link, nor a file that unpacks to a terabyte.
"""

import contextlib
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from autograder.errors import SubmissionError

__all__ = ["MAX_BYTES", "Archive", "open_archive"]

MAX_BYTES = 20 * 2**20
"""Largest submission. One byte more is read of a larger file, so that whoever reads it can tell."""


class Archive(Protocol):
    """A folder or archive, open for reading.

    Attributes:
        origin: its path, for messages.
    """

    origin: Path

    def paths(self) -> list[PurePosixPath]:
        """Paths of the regular files in it."""

    def read(self, path: PurePosixPath) -> bytes:
        """The contents of one of these files, or its first `MAX_BYTES` + 1 bytes."""


class _Folder:
    """A folder, with links left out: they may lead anywhere."""

    def __init__(self, origin: Path) -> None:
        self.origin = origin

    def paths(self) -> list[PurePosixPath]:
        files = sorted(path for path in self.origin.rglob("*") if path.is_file() and not path.is_symlink())
        return [PurePosixPath(path.relative_to(self.origin)) for path in files]

    def read(self, path: PurePosixPath) -> bytes:
        with (self.origin / path).open("rb") as file:
            return file.read(MAX_BYTES + 1)


class _Zip:
    def __init__(self, origin: Path, archive: zipfile.ZipFile) -> None:
        self.origin, self._archive = origin, archive

    def paths(self) -> list[PurePosixPath]:
        return [PurePosixPath(entry.filename) for entry in self._archive.infolist() if not entry.is_dir()]

    def read(self, path: PurePosixPath) -> bytes:
        with self._archive.open(str(path)) as file:
            return file.read(MAX_BYTES + 1)


class _Tar:
    def __init__(self, origin: Path, archive: tarfile.TarFile) -> None:
        self.origin, self._archive = origin, archive

    def paths(self) -> list[PurePosixPath]:
        return [PurePosixPath(entry.name) for entry in self._archive.getmembers() if entry.isfile()]

    def read(self, path: PurePosixPath) -> bytes:
        # The first entry of a name, as in `paths`; `getmember` gives the last.
        entry = next(entry for entry in self._archive.getmembers() if PurePosixPath(entry.name) == path)
        with self._archive.extractfile(entry) or contextlib.nullcontext() as file:
            return file.read(MAX_BYTES + 1) if file else b""


@contextlib.contextmanager
def open_archive(origin: Path) -> Iterator[Archive]:
    """Open the folder or archive at `origin` for reading.

    Raises:
        SubmissionError: there is none, or it is damaged, encrypted or of another kind; also later, while it is read.
    """
    # What zipfile, tarfile and their decompressors raise; RuntimeError is zipfile's for a missing password.
    damaged = (OSError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, KeyError)
    try:
        if origin.is_dir():
            yield _Folder(origin)
        elif origin.is_file() and zipfile.is_zipfile(origin):
            with zipfile.ZipFile(origin) as archive:
                yield _Zip(origin, archive)
        elif origin.is_file() and tarfile.is_tarfile(origin):
            with tarfile.open(origin) as tar:
                yield _Tar(origin, tar)
        else:
            raise SubmissionError(
                "nothing can be collected from there",
                got=f"{origin}, which {'is no archive' if origin.exists() else 'does not exist'}",
                expected="a folder, a .zip or a .tar(.gz) archive",
                fix="name the folder, or download the archive again",
            )
    except damaged as error:
        raise SubmissionError(
            f"the archive {origin} is damaged or encrypted",
            got=f"{type(error).__name__}: {error}",
            expected="a .zip or .tar(.gz) archive that opens without a password",
            fix="download it again; nothing was written",
        ) from error
