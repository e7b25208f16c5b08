"""What may cross the wire: tags, bounds, dtypes and generators, references, and the error for anything else."""

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = [
    "ARRAY",
    "COMPLEX",
    "DICT",
    "DTYPES",
    "GENERATOR",
    "GENERATORS",
    "INT",
    "KEYS",
    "LIST",
    "MAX_DEPTH",
    "MAX_FRAME",
    "MAX_INT_BYTES",
    "MAX_ITEMS",
    "MAX_NAME",
    "REFERENCE",
    "SCALAR",
    "TUPLE",
    "Bounds",
    "Reference",
    "WireError",
    "native_dtype",
]  # fmt: skip

MAX_FRAME = 64 << 20
"""Bytes of one message: an array of 8 million float64."""
MAX_DEPTH = 20
"""Levels of lists and dictionaries."""
MAX_ITEMS = 200_000
"""Items of lists and dictionaries in one message, all together."""
MAX_INT_BYTES = 1024
"""Bytes of one integer: 2,466 decimal digits, fewer than the 4,300 that Python prints."""
MAX_NAME = 200
"""Characters of the name of a type or function."""

# The order is that of `_DECODERS` in the codec.
LIST, TUPLE, DICT, INT, COMPLEX, ARRAY, SCALAR, GENERATOR, REFERENCE = range(9)

# Decoding looks dtypes and generators up in these tables, and never passes a received name to NumPy.
DTYPES = {dtype.str: dtype for dtype in map(np.dtype, "?bhilqBHILQefdFD")}
GENERATORS = {kind.__name__: kind for kind in (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64)}
KEYS = (bool, int, float, complex, str, bytes, type(None))


class WireError(Exception):
    """Something cannot be sent, or what has arrived is no value. The text says which rule it breaks."""


@dataclass(frozen=True)
class Reference:
    """Stands for something that stays on the other side: its number there, and a name for messages."""

    number: int
    name: str = ""


class Bounds:
    """Counts depth, items and bytes of arrays of one message."""

    def __init__(self) -> None:
        self._counted = self._array_bytes = 0

    def count(self, depth: int) -> None:
        """Count one more item, found at a depth; raises WireError beyond the bounds."""
        self._counted += 1
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} deep")
        if self._counted > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS} items in one message")

    def count_bytes(self, size: int) -> None:
        """Count the bytes that one more array stands for; raises WireError beyond the bounds."""
        self._array_bytes += size
        if self._array_bytes > MAX_FRAME:
            raise WireError(f"arrays of {self._array_bytes >> 20} MiB in one message, {MAX_FRAME >> 20} are allowed")


def native_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The dtype in this machine's byte order; raises WireError unless it is numeric or bool."""
    native = dtype.newbyteorder("=")
    if native.str not in DTYPES:
        raise WireError(f"an array of dtype {str(dtype)[:MAX_NAME]} cannot be sent, only numbers and booleans")
    return native
