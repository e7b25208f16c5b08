"""Memory that kernels use and give back: padded images, packed filters.

A fresh array costs a page fault for every 4 KB that is written to, a third of a training step. Each thread keeps its
largest buffers instead, up to a limit; a larger one is made anew.
"""

import math
import threading

import numpy as np
import numpy.typing as npt

__all__ = ["scratch"]

KEEP = 64 * 2**20
_kept = threading.local()


def scratch(role: str, shape: tuple[int, ...], dtype: np.dtype[np.floating]) -> npt.NDArray[np.floating]:
    """An array with arbitrary contents, valid until this thread asks for the same role again."""
    size = math.prod(shape) * dtype.itemsize
    if size > KEEP:
        return np.empty(shape, dtype)
    buffers: dict[str, npt.NDArray[np.uint8]] = _kept.__dict__.setdefault("buffers", {})
    buffer = buffers.get(role)
    if buffer is None or buffer.nbytes < size:
        buffer = buffers[role] = np.empty(max(size, 4096), np.uint8)
    return buffer[:size].view(dtype).reshape(shape)
