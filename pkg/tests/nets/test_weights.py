"""Weights on disk: nothing half-written, nothing half-read, nothing unpickled."""

import os
import pickle

import numpy as np
import pytest
from chainrule import nets
from chainrule.errors import DataError


def net(seed=0, **settings):
    return nets.lenet_digits(np.random.default_rng(seed), **settings)


def test_what_was_saved_comes_back_to_the_bit(tmp_path):
    first, second = net(0), net(1)
    nets.save_weights(first, tmp_path / "w.npz")
    nets.load_weights(second, str(tmp_path / "w.npz"))
    for name, value in first.params.items():
        np.testing.assert_array_equal(second.params[name], value)
        assert second.params[name].dtype == value.dtype
    nets.save_weights(second, tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == (tmp_path / "w.npz").read_bytes()


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch):
    nets.save_weights(net(0), tmp_path / "w.npz")
    before = (tmp_path / "w.npz").read_bytes()

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        nets.save_weights(net(1), tmp_path / "w.npz")
    assert (tmp_path / "w.npz").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["w.npz"]


class Trap:
    def __reduce__(self):
        return (os.mkdir, ("sprung",))


def broken(folder):
    good = folder / "good.npz"
    nets.save_weights(net(0), good)
    whole = good.read_bytes()
    arrays = dict(np.load(good))
    cases = {"empty": b"", "text": b"conv1.W = 3\n", "pickle": pickle.dumps(Trap())}
    cases |= {f"cut at {share} %": whole[: len(whole) * share // 100] for share in (1, 25, 50, 75, 99)}
    middle = len(whole) // 2
    cases["one bit flipped"] = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for name, content in cases.items():
        (folder / f"{name}.npz").write_bytes(content)
    np.savez(folder / "one missing.npz", **{name: value for name, value in arrays.items() if name != "conv1.b"})
    np.savez(folder / "one more.npz", **arrays, extra=np.zeros(1))
    np.savez(folder / "other shape.npz", **arrays | {"dense2.b": np.zeros(11, np.float32)})
    np.savez(folder / "other dtype.npz", **arrays | {"dense2.b": np.zeros(10)})
    np.savez(folder / "objects.npz", **arrays | {"dense2.b": np.array([Trap()] * 10, dtype=object)})
    good.unlink()
    return sorted(folder.glob("*.npz"))


def test_no_damaged_or_foreign_file_gets_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = net(1)
    before = {name: value.copy() for name, value in target.params.items()}
    files = broken(tmp_path)
    assert len(files) == 14
    for path in [*files, tmp_path / "missing.npz", tmp_path]:
        with pytest.raises(DataError, match="To fix it"):
            nets.load_weights(target, path)
        for name, value in before.items():
            np.testing.assert_array_equal(target.params[name], value)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("one missing.npz", r"another network: got without \['conv1.b'\], but with \[\]"),
        ("one more.npz", r"but with \['extra'\]"),
        ("other shape.npz", r"dense2.b in .* got \(11,\) of float32, expected \(10,\) of float32"),
        ("other dtype.npz", r"got \(10,\) of float64, expected \(10,\) of float32"),
        ("text.npz", "not a zip archive"),
        ("objects.npz", "cannot be read: got Object arrays cannot be loaded"),
    ],
)
def test_the_message_says_what_is_wrong(tmp_path, file, message):
    broken(tmp_path)
    with pytest.raises(DataError, match=message):
        nets.load_weights(net(1), tmp_path / file)
