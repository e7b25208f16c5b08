"""Memory that is used again: room for padded images and packed filters, and the arrays that operations return.

Fresh memory costs a page fault for every 4 KB that is written to, which is a third of a training step. So each thread
keeps its buffers up to a limit, and hands one out again when nothing refers to it any more.
"""

import math
import sys
import threading
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["empty", "scratch"]

# Bytes of a buffer that is worth keeping, and of all buffers of a thread. Below 32 KB malloc has warm memory itself; 32
# MB are more than any layer of the course's networks, and 128 MB what a thread may sit on.
SMALLEST, LARGEST, TOGETHER = 2**15, 2**25, 2**27
LINE = 64  # bytes of a cache line

Array = npt.NDArray[np.floating[Any]]


class Room(NamedTuple):
    """`size` bytes from the first cache line of a memory on: a vector that lies across two lines takes two reads."""

    memory: npt.NDArray[np.uint8]
    start: int
    size: int

    def array(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
        """Its `base`, and that of every view of it, is `memory`."""
        return np.ndarray(shape, dtype, self.memory, self.start)


def _room(size: int) -> Room:
    memory = np.empty(size + LINE, np.uint8)
    return Room(memory, -memory.ctypes.data % LINE, size)


class _Kept(threading.local):
    def __init__(self) -> None:
        self.scratch: dict[str, Room] = {}
        self.results: list[Room] = []


_KEPT = _Kept()


def scratch(role: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    """An array with arbitrary contents, valid until this thread asks for the same role again."""
    size = math.prod(shape) * dtype.itemsize
    room = _KEPT.scratch.get(role)
    if room is None or room.size < size:
        room = _room(max(size, 4096))
        if size <= LARGEST:
            _KEPT.scratch[role] = room
    return room.array(shape, dtype)


def _free(rooms: list[Room], size: int, references: int) -> int:
    """Index of a room of `size` to 2 * size bytes with at most so many references to its memory; -1 for none."""
    for index, room in enumerate(rooms):
        # A much larger room is left for an array that needs it.
        if size <= room.size <= 2 * size and sys.getrefcount(room.memory) <= references:
            return index
    return -1


# How many references memory in a list has when nothing else holds it depends on Python's version: find out.
_ALONE = next(references for references in range(1, 10) if _free([_room(8)], 8, references) == 0)


def empty(shape: tuple[int, ...], dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """An array with arbitrary contents, like `np.empty`. Its memory may have been another array's that is gone.

    Every view of an array refers to the memory behind it, so as long as one is left it is not handed out again.

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
    rooms = _KEPT.results
    index = _free(rooms, size, _ALONE)
    if index >= 0:
        return rooms[index].array(shape, dtype)
    room = _room(size)
    while rooms and sum(kept.size for kept in rooms) + size > TOGETHER:
        rooms.pop(0)  # the oldest; whatever array still uses it keeps its memory alive
    rooms.append(room)
    return room.array(shape, dtype)
