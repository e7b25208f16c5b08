"""Readers against files packed byte by byte here, and against every way in which a download goes wrong."""

import gzip
import pickle
import struct

import numpy as np
import pytest
from chainrule.data import read_cifar10, read_cifar100, read_idx
from chainrule.errors import DataError

NUMBERS = {
    0x08: ("B", [0, 1, 127, 128, 200, 255]),
    0x09: ("b", [-128, -1, 0, 1, 2, 127]),
    0x0B: ("h", [-32768, -2, 0, 1, 256, 32767]),
    0x0C: ("i", [-(2**31), -2, 0, 1, 65536, 2**31 - 1]),
    0x0D: ("f", [-1.5, 0.0, 0.25, 1e10, -1e-10, 3.0]),
    0x0E: ("d", [-1.5, 0.0, 0.1, 1e300, -1e-300, 3.0]),
}


def idx(code=0x08, shape=(2, 3), values=range(6), letter="B"):
    """As the format's page has it: magic, sizes, numbers; the most significant byte first."""
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, code, len(shape), *shape) + struct.pack(f">6{letter}", *values)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("code", NUMBERS)
def test_every_kind_of_number(tmp_path, code, packed):
    letter, values = NUMBERS[code]
    content = idx(code, (2, 1, 3), values, letter)
    (tmp_path / "file").write_bytes(gzip.compress(content) if packed else content)
    got = read_idx(tmp_path / "file")
    assert got.dtype == np.dtype(letter)
    assert got.dtype.isnative
    assert got.flags.writeable
    np.testing.assert_array_equal(got, np.array(values, letter).reshape(2, 1, 3))


def test_no_images_are_an_empty_array(tmp_path):
    (tmp_path / "none").write_bytes(struct.pack(">BBBB3I", 0, 0, 8, 3, 0, 28, 28))
    assert read_idx(str(tmp_path / "none")).shape == (0, 28, 28)


@pytest.mark.parametrize("packed", [False, True])
def test_every_truncation_is_refused(tmp_path, packed):
    content = gzip.compress(idx()) if packed else idx()
    for length in range(len(content)):
        (tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(DataError, match=r"cut cannot be read: got .* To fix it: "):
            read_idx(tmp_path / "cut")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", "begins with b'\\\\x89PNG'"),
        (b"\x00\x00\x07\x01" + bytes(8), "a code of IDX's"),
        (b"\x00\x00\x08\x00" + bytes(8), "a number of axes"),
        (b"\x00\x00\x08\xff" + bytes(1100), "a number of axes"),
        (pickle.dumps([1, 2, 3]), "begins with"),
        (idx() + b"\x00", "more bytes than that, expected 6 for shape"),
        (idx(shape=(2, 4)), r"6 bytes of numbers, expected 8 for shape \(2, 4\) of uint8"),
        (idx(shape=(2**32 - 1,) * 8), "6 bytes of numbers"),
        (struct.pack(">BBBB4I", 0, 0, 8, 4, 0, *[2**32 - 1] * 3), "cannot be read"),
        (gzip.compress(idx(), mtime=0)[:-6] + b"\x00" * 6, "cannot be read"),
        (b"\x1f\x8bnot really gzip", "cannot be read"),
    ],
)
def test_foreign_files_are_named(tmp_path, content, message):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(DataError, match=message):
        read_idx(tmp_path / "file")


@pytest.mark.parametrize("read", [read_idx, read_cifar10, read_cifar100])
def test_missing_files_and_folders(tmp_path, read):
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(DataError, match="cannot be read"):
            read(path)


def cifar(labels, seed=0):
    """One record for each tuple of labels: labels, then the red, the green and the blue plane, row by row."""
    x = np.random.default_rng(seed).integers(0, 256, size=(len(labels), 32, 32, 3), dtype=np.uint8)
    parts = []
    for image, label in zip(x, labels, strict=True):
        parts.append(bytes(label))
        for colour in range(3):
            parts.extend(bytes(image[row, :, colour].tolist()) for row in range(32))
    return x, b"".join(parts)


def test_cifar10(tmp_path):
    x, content = cifar([(3,), (0,), (9,)])
    (tmp_path / "batch.bin").write_bytes(content)
    got, y = read_cifar10(tmp_path / "batch.bin")
    np.testing.assert_array_equal(got, x)
    assert y.tolist() == [3, 0, 9]
    assert y.dtype == np.int64
    assert got.flags.c_contiguous


def test_cifar100(tmp_path):
    x, content = cifar([(19, 99), (0, 5)])
    (tmp_path / "train.bin").write_bytes(content)
    got, coarse, fine = read_cifar100(str(tmp_path / "train.bin"))
    np.testing.assert_array_equal(got, x)
    assert (coarse.tolist(), fine.tolist()) == ([19, 0], [99, 5])


@pytest.mark.parametrize(
    ("read", "content", "message"),
    [
        (read_cifar10, b"", "0 bytes"),
        (
            read_cifar10,
            cifar([(1,)] * 2)[1][:-1],
            "1 images and 3,072 bytes, expected a multiple of 3,073",
        ),
        (read_cifar10, cifar([(1,), (10,)])[1], "label 10 in image 1, expected labels from 0 to 9"),
        (read_cifar10, cifar([(1, 1)])[1], "a multiple of 3,073"),
        (read_cifar100, cifar([(1,)])[1], "a multiple of 3,074"),
        (read_cifar100, cifar([(20, 1)])[1], "label 20 in image 0, expected labels from 0 to 19"),
        (read_cifar100, cifar([(1, 100)])[1], "label 100 in image 0, expected labels from 0 to 99"),
        (read_cifar10, gzip.compress(cifar([(1,)])[1], mtime=0), "a packed archive"),
        (read_cifar10, pickle.dumps({"data": list(range(5000))}), "not the one for Python"),
    ],
)
def test_damaged_and_foreign_cifar(tmp_path, read, content, message):
    (tmp_path / "file.bin").write_bytes(content)
    with pytest.raises(DataError, match=message):
        read(tmp_path / "file.bin")
