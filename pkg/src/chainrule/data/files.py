"""Readers for files that a user has: MNIST's IDX, and the binary version of CIFAR-10 and CIFAR-100.

Nothing is downloaded and nothing unpickled. A file is read only as far as its own header promises, and refused if it
is shorter, longer or of another format.
"""

import gzip
import os
import zlib
from io import BufferedReader
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import DataError, explain

__all__ = ["read_cifar10", "read_cifar100", "read_idx"]

StrPath = str | os.PathLike[str]
File = BufferedReader | gzip.GzipFile
Images = NDArray[np.uint8]
Labels = NDArray[np.int64]

_IDX_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_MAX_AXES = 32  # NumPy's own limit before version 2
_CHUNK = 1 << 20  # bytes
_PIXELS = 3 * 32 * 32


def read_idx(path: StrPath) -> NDArray[Any]:
    """The array in an IDX file, such as MNIST's `train-images-idx3-ubyte`, packed with gzip or not.

    Args:
        path: of the file.

    Returns:
        Its shape and kind of number as the header says, in this machine's byte order: MNIST's images are
        (60000, 28, 28) uint8, its labels (60000,) uint8.

    Raises:
        DataError: the file is missing, truncated, longer than its header says, or not IDX.

    Source: LeCun, Cortes & Burges, The MNIST database, "the IDX file format".

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     name = Path(folder) / "labels-idx1-ubyte"
    ...     _ = name.write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4]))
    ...     read_idx(name)
    array([5, 0, 4], dtype=uint8)
    """
    try:
        with _unpacked(Path(path)) as file:
            return _idx(file, path)
    except DataError:
        raise
    # ValueError: no bytes at all, but sizes that no array can have.
    except (OSError, EOFError, zlib.error, ValueError) as error:
        _refuse(path, error, "an IDX file, or one packed with gzip", "download it again")


def read_cifar10(path: StrPath) -> tuple[Images, Labels]:
    """Images and labels in one file of CIFAR-10's binary version, such as `data_batch_1.bin`.

    Args:
        path: of the file.

    Returns:
        x (M, 32, 32, 3) uint8, red, green, blue; y (M,) int64 from 0 to 9. M is 10,000 in the original files.

    Raises:
        DataError: the file is missing, truncated, or not CIFAR-10's binary version.

    Source: Krizhevsky (2009), Learning multiple layers of features from tiny images; the data's page, "binary version".

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     name = Path(folder) / "one.bin"
    ...     _ = name.write_bytes(bytes([7]) + bytes([200] * 1024 + [100] * 1024 + [0] * 1024))
    ...     x, y = read_cifar10(name)
    >>> x.shape, x[0, 0, 0], y
    ((1, 32, 32, 3), array([200, 100,   0], dtype=uint8), array([7]))
    """
    x, labels = _cifar(path, classes=(10,))
    return x, labels[:, 0]


def read_cifar100(path: StrPath) -> tuple[Images, Labels, Labels]:
    """Images and both labels in one file of CIFAR-100's binary version, `train.bin` or `test.bin`.

    Args:
        path: of the file.

    Returns:
        x (M, 32, 32, 3) uint8, red, green, blue; coarse (M,) int64 from 0 to 19; fine (M,) int64 from 0 to 99.

    Raises:
        DataError: the file is missing, truncated, or not CIFAR-100's binary version.

    Source: Krizhevsky (2009), Learning multiple layers of features from tiny images; the data's page, "binary version".

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     name = Path(folder) / "one.bin"
    ...     _ = name.write_bytes(bytes([11, 49]) + bytes(3072))
    ...     x, coarse, fine = read_cifar100(name)
    >>> x.shape, coarse, fine
    ((1, 32, 32, 3), array([11]), array([49]))
    """
    x, labels = _cifar(path, classes=(20, 100))
    return x, labels[:, 0], labels[:, 1]


def _idx(file: File, path: StrPath) -> NDArray[Any]:
    magic = file.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in _IDX_TYPES or not 1 <= magic[3] <= _MAX_AXES:
        _refuse(
            path,
            f"a file that begins with {magic!r}",
            "two zero bytes, a code of IDX's and a number of axes",
            "pass a file of MNIST's kind, such as train-images-idx3-ubyte",
        )
    dtype, axes = np.dtype(_IDX_TYPES[magic[2]]), magic[3]
    sizes = file.read(4 * axes)
    if len(sizes) < 4 * axes:
        _refuse(path, f"{len(sizes)} bytes of sizes", f"{4 * axes} for {axes} axes", "download it again")
    shape = tuple(int.from_bytes(sizes[i : i + 4], "big") for i in range(0, len(sizes), 4))
    expected = dtype.itemsize
    for size in shape:
        expected *= size
    content = _at_most(file, expected + 1)
    if len(content) != expected:
        _refuse(
            path,
            "more bytes than that" if len(content) > expected else f"{len(content):,} bytes of numbers",
            f"{expected:,} for shape {shape} of {dtype.name}",
            "download it again: it is truncated or was joined with another",
        )
    return np.frombuffer(content, dtype).astype(dtype.newbyteorder("=")).reshape(shape)


def _cifar(path: StrPath, classes: tuple[int, ...]) -> tuple[Images, Labels]:
    record, name = len(classes) + _PIXELS, f"CIFAR-{classes[-1]}"
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        _refuse(path, error, f"a file of {name}", "check the name")
    if content[:2] == b"\x1f\x8b":
        _refuse(path, "a packed archive", "one .bin file", "unpack it: tar -xzf")
    if not content or len(content) % record:
        _refuse(
            path,
            f"{len(content):,} bytes, {len(content) // record:,} images and {len(content) % record:,} bytes",
            f"a multiple of {record:,}, {name}'s image with its labels",
            f"download the binary version of {name} again (not the one for Python)",
        )
    records = np.frombuffer(content, np.uint8).reshape(-1, record)
    labels = records[:, : len(classes)].astype(np.int64)
    for column, K in enumerate(classes):
        if labels[:, column].max() >= K:
            _refuse(
                path,
                f"label {labels[:, column].max()} in image {labels[:, column].argmax()}",
                f"labels from 0 to {K - 1}",
                f"pass a .bin file of {name}",
            )
    planes = records[:, len(classes) :].reshape(-1, 3, 32, 32)
    return np.ascontiguousarray(planes.transpose(0, 2, 3, 1)), labels


def _unpacked(path: Path) -> File:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def _at_most(file: File, size: int) -> bytes:
    """Up to `size` bytes, in chunks: a header that promises a petabyte must not make the reader allocate one."""
    chunks, remaining = [], size
    while remaining and (chunk := file.read(min(remaining, _CHUNK))):
        chunks.append(chunk)
        remaining -= len(chunk)
    return b"".join(chunks)


def _refuse(path: StrPath, got: object, expected: str, fix: str) -> NoReturn:
    raise DataError(explain(f"{os.fspath(path)} cannot be read", got=got, expected=expected, fix=fix))
