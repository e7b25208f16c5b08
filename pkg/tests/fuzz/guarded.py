"""Arrays that end, or begin, at a page that nobody may touch: a read or write beyond them is a segmentation fault."""

import ctypes
import mmap

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
PAGE = mmap.PAGESIZE
NO_ACCESS = 0


def guarded(array, before=False):
    """A C-contiguous copy whose last byte (or first, with `before`) lies beside a forbidden page."""
    size = -(-max(array.nbytes, 1) // PAGE) * PAGE
    memory = mmap.mmap(-1, size + PAGE)
    start = np.frombuffer(memory, np.uint8).ctypes.data
    if LIBC.mprotect(ctypes.c_void_p(start if before else start + size), ctypes.c_size_t(PAGE), NO_ACCESS):
        raise OSError(ctypes.get_errno(), "mprotect")
    offset = PAGE if before else size - array.nbytes
    copy = np.frombuffer(memory, array.dtype, array.size, offset).reshape(array.shape)
    copy[...] = array
    return copy
