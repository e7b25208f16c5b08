"""Arguments of a call as the function on the other side has left them."""

import contextlib
from typing import Any

import numpy as np

__all__ = ["updated"]


def _update_in_place(ours: Any, theirs: Any) -> None:
    """Give a mutable argument the contents that it has on the other side, as far as its type allows it."""
    if isinstance(ours, np.ndarray):
        # A changed dtype or size is not followed: a reallocation would leave views of the array without their memory.
        if ours.shape != theirs.shape and ours.size == theirs.size:
            with contextlib.suppress(AttributeError):  # an array with gaps, which can have no other shape
                ours.shape = theirs.shape
        if ours.shape == theirs.shape and ours.dtype == theirs.dtype and ours.flags.writeable:
            ours[...] = theirs
    elif isinstance(ours, tuple):
        for mine, new in zip(ours, theirs, strict=False):
            updated(mine, new)
    elif isinstance(ours, list):
        added = theirs[len(ours) :]
        ours[:] = [updated(mine, new) for mine, new in zip(ours, theirs, strict=False)] + added
    elif isinstance(ours, dict):
        contents = {key: updated(ours.get(key), new) for key, new in theirs.items()}
        ours.clear()
        ours.update(contents)
    elif isinstance(ours, np.random.Generator):
        ours.bit_generator.state = theirs.bit_generator.state


def updated(mine: Any, new: Any) -> Any:
    """The same object with new contents where that is possible, otherwise the new object."""
    if type(mine) is type(new) and isinstance(mine, np.ndarray | tuple | list | dict | np.random.Generator):
        _update_in_place(mine, new)
        return mine
    return new
