"""Memory that is used again: room for padded images and packed filters, and the arrays that operations return.

Fresh memory costs a page fault for every 4 KB that is written to, which is a third of a training step. So each thread
keeps its buffers up to a limit, and hands one out again when nobody refers to it any more.
"""

import math
import sys
import threading
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["empty", "scratch"]

SMALLEST, LARGEST, TOGETHER = 2**15, 2**25, 2**27  # bytes: of a buffer that is worth keeping, and of all in a thread

Array = npt.NDArray[np.floating[Any]]
Buffers = list[npt.NDArray[np.uint8]]


class _Kept(threading.local):
    def __init__(self) -> None:
        self.rooms: dict[str, npt.NDArray[np.uint8]] = {}
        self.buffers: Buffers = []


_KEPT = _Kept()


def scratch(role: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    """An array with arbitrary contents, valid until this thread asks for the same role again."""
    size = math.prod(shape) * dtype.itemsize
    room = _KEPT.rooms.get(role)
    if room is None or room.nbytes < size:
        room = np.empty(max(size, 4096), np.uint8)
        if size <= LARGEST:
            _KEPT.rooms[role] = room
    return np.ndarray(shape, dtype, room)


def _references(buffers: Buffers, wanted: int, most: int) -> int:
    """Index of a buffer of `wanted` to 2 * wanted bytes with `most` references to it; -1 if there is none."""
    for index, buffer in enumerate(buffers):
        if wanted <= buffer.nbytes <= 2 * wanted and sys.getrefcount(buffer) <= most:
            return index
    return -1


# How many references a buffer in a list has when nobody else holds it depends on Python's version: find out.
_ALONE = next(most for most in range(1, 10) if _references([np.empty(8, np.uint8)], 8, most) == 0)


def empty(shape: tuple[int, ...], dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """An array with arbitrary contents, like `np.empty`. Its memory may have been another array's that is gone.

    Every view of an array refers to the buffer behind it, so as long as one is left the buffer is not handed out.

    Args:
        shape: of the array.
        dtype: of its entries.

    Returns:
        A contiguous, writable array.

    >>> empty((2, 3), np.dtype(np.float32)).shape
    (2, 3)
    """
    size = math.prod(shape) * dtype.itemsize
    if not SMALLEST <= size <= LARGEST:
        return np.empty(shape, dtype)
    buffers = _KEPT.buffers
    index = _references(buffers, size, _ALONE)
    if index >= 0:
        return np.ndarray(shape, dtype, buffers[index])
    buffer = np.empty(size, np.uint8)
    while buffers and sum(kept.nbytes for kept in buffers) + size > TOGETHER:
        buffers.pop(0)
    buffers.append(buffer)
    return np.ndarray(shape, dtype, buffer)
