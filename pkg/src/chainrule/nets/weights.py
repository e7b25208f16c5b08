"""Weights on disk: an uncompressed .npz with one array for each parameter, written whole or not at all, no pickle."""

import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import DataError, explain
from chainrule.nets.sequential import Sequential

__all__ = ["load_weights", "save_weights"]


def save_weights(net: Sequential, path: str | os.PathLike[str]) -> None:
    """Write every parameter under its name in `net.params`.

    The file appears under its name only when it is complete; an older one stays until then. Equal weights give
    equal bytes.

    Args:
        net: the network.
        path: a file name, taken as it is; ".npz" is the custom.

    Raises:
        OSError: the folder does not exist or cannot be written to.

    >>> from tempfile import TemporaryDirectory
    >>> from chainrule.nets import lenet_digits
    >>> with TemporaryDirectory() as folder:
    ...     save_weights(lenet_digits(np.random.default_rng(0)), f"{folder}/digits.npz")
    ...     sorted(np.load(f"{folder}/digits.npz").files)[:2]
    ['conv1.W', 'conv1.b']
    """
    target = Path(path)
    # In the same folder, because a rename across file systems is not atomic.
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.savez(file, allow_pickle=False, **net.params)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def load_weights(net: Sequential, path: str | os.PathLike[str]) -> None:
    """Read what `save_weights` wrote into a network of the same layers; all of it or, on any error, nothing.

    Args:
        net: written to, in place.
        path: of the file.

    Raises:
        DataError: the file is missing, damaged or no .npz, or holds other names, shapes or dtypes than the network.

    >>> from tempfile import TemporaryDirectory
    >>> from chainrule.nets import lenet_digits
    >>> net, other = (lenet_digits(np.random.default_rng(seed)) for seed in (0, 1))
    >>> with TemporaryDirectory() as folder:
    ...     save_weights(net, f"{folder}/digits.npz")
    ...     load_weights(other, f"{folder}/digits.npz")
    >>> bool(np.all(net.params["conv1.W"] == other.params["conv1.W"]))
    True
    """
    arrays = _read(Path(path))
    params = net.params
    missing, unknown = params.keys() - arrays.keys(), arrays.keys() - params.keys()
    if missing or unknown:
        raise DataError(
            explain(
                f"{path} holds the weights of another network",
                got=f"without {sorted(missing)}, but with {sorted(unknown)}",
                expected=", ".join(params),
                fix="build the network with the layers that it was saved with",
            )
        )
    for name, array in params.items():
        if (arrays[name].shape, arrays[name].dtype) != (array.shape, array.dtype):
            raise DataError(
                explain(
                    f"{name} in {path} does not fit",
                    got=f"{arrays[name].shape} of {arrays[name].dtype}",
                    expected=f"{array.shape} of {array.dtype}",
                    fix="build the network with the sizes and dtype that it was saved with",
                )
            )
    for name, array in params.items():
        array[...] = arrays[name]


def _read(path: Path) -> dict[str, NDArray[Any]]:
    try:
        with path.open("rb") as file:
            if not zipfile.is_zipfile(file):
                raise ValueError("not a zip archive")
            file.seek(0)
            with np.load(file, allow_pickle=False) as archive:
                return {name: np.asarray(archive[name]) for name in archive.files}
    except (OSError, ValueError, EOFError, KeyError, NotImplementedError, MemoryError, zipfile.BadZipFile) as error:
        raise DataError(
            explain(
                f"{path} cannot be read", got=error, expected="an .npz written by save_weights", fix="save it again"
            )
        ) from error
