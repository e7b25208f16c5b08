"""How an array lies in memory, as a few numbers: the order of its axes and the step of each.

Student code can tell a view from a dense array: ``x.ravel()`` copies one and not the other, ``x.view(dtype)`` and
``x.shape = ...`` fail for one and not the other. So an array that a test makes by slicing, reversing, transposing or
broadcasting arrives with steps of the same signs, in the same order, over a buffer of its own.

Steps count items, not bytes. An axis whose step does not matter, because it has one item, has step 0; so has a
broadcast axis, whose items share one place. The items that have a place of their own are sent in the order of memory,
without the gaps between them.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .wire_types import MAX_FRAME, WireError

__all__ = ["contents", "rebuilt", "steps_of"]

SPREAD = 4
"""Most items of a rebuilt buffer for each item that is sent. Enough for every other row of every other column, and
for what `_narrowed` makes, which is always below 3."""

Array = np.ndarray[Any, Any]


def steps_of(array: Array) -> list[int] | None:
    """The step of each axis; None for an array to be sent densely, in C order.

    Larger gaps than `SPREAD` allows become small ones. Overlapping windows are sent densely: no rule says which of two
    writes to the same item would count.

    >>> x = np.zeros((4, 6))
    >>> steps_of(x), steps_of(x.T), steps_of(x[::-1, ::2]), steps_of(x[:, 0])
    (None, [1, 6], [-6, 2], [2])
    """
    if array.flags.c_contiguous:
        return None
    item = array.itemsize
    inner_first = sorted(_separate_axes(array.shape, array.strides), key=lambda axis: abs(array.strides[axis]))
    lengths = [array.shape[axis] for axis in inner_first]
    strides = [abs(array.strides[axis]) for axis in inner_first]
    extent = item
    for length, stride in zip(lengths, strides, strict=True):
        if stride < extent:
            return None
        extent += (length - 1) * stride
    whole = all(stride % item == 0 for stride in strides)
    if whole and extent <= SPREAD * item * math.prod(lengths):
        sizes = [stride // item for stride in strides]
    else:
        sizes = _narrowed(lengths, strides, item)
    steps = [0] * array.ndim
    for axis, size in zip(inner_first, sizes, strict=True):
        steps[axis] = size if array.strides[axis] > 0 else -size
    return steps


def _narrowed(lengths: list[int], strides: list[int], item: int) -> list[int]:
    """Small steps for large strides, both from the inner axis to the outer.

    Two neighbouring axes can be merged without a copy exactly if the outer stride is the inner one times the inner
    length. That relation, or on which side of it the outer stride lies, is kept.
    """
    steps: list[int] = []
    merged_stride, merged_step, extent = item, 1, 1
    for length, stride in zip(lengths, strides, strict=True):
        if stride == merged_stride:
            step = merged_step
        elif stride > merged_stride:
            step = merged_step + 1
        else:
            step = extent
        steps.append(step)
        merged_stride, merged_step = length * stride, length * step
        extent += (length - 1) * step
    return steps


def contents(array: Array, steps: list[int] | None) -> bytes:
    """The items of an array that have a place of their own, in the order of memory; all, in C order, without steps."""
    if steps is None:
        return array.tobytes("C")
    index = tuple(slice(0, 1) if step == 0 else slice(None, None, 1 if step > 0 else -1) for step in steps)
    return array[index].transpose(_outer_first(range(array.ndim), steps)).tobytes("C")


def rebuilt(dtype: np.dtype[Any], shape: Sequence[int], steps: Any, content: bytes) -> Array:
    """The array that some items and steps stand for, writeable and in memory of its own.

    Args:
        dtype: of its items.
        shape: lengths that have been checked to be integers from 0 on.
        steps: anything; a well-formed one has been made by `steps_of`.
        content: the items.

    Raises:
        WireError: the steps do not fit shape and contents, let items overlap, or spread them too far.
    """
    if steps is None:
        _check_size(content, math.prod(shape) * dtype.itemsize)
        return np.frombuffer(content, dtype).reshape(shape).copy()
    # One number and no number have no steps: they are dense.
    if not isinstance(steps, list) or len(steps) != len(shape) or not steps or 0 in shape:
        raise WireError("an array with steps that are not those of its axes")
    # `type(step) is int` leaves out True. No honest step is longer than the largest buffer.
    if not all(type(step) is int and abs(step) <= SPREAD * MAX_FRAME for step in steps):
        raise WireError("an array with impossible steps")
    if any(step for step, length in zip(steps, shape, strict=True) if length == 1):
        raise WireError("an array with a step along an axis of one item")
    outer_first = _outer_first(_separate_axes(shape, steps), steps)
    lengths = [shape[axis] for axis in outer_first]
    _check_size(content, math.prod(lengths) * dtype.itemsize)
    extent = 1
    for axis in reversed(outer_first):
        if abs(steps[axis]) < extent:
            raise WireError("an array whose items overlap")
        extent += (shape[axis] - 1) * abs(steps[axis])
    if extent > SPREAD * math.prod(lengths):
        raise WireError("an array whose items are too far apart")
    buffer = bytearray(extent * dtype.itemsize)
    in_memory = np.ndarray(lengths, dtype, buffer, 0, [abs(steps[axis]) * dtype.itemsize for axis in outer_first])
    in_memory[...] = np.frombuffer(content, dtype).reshape(lengths)
    # Along a reversed axis, the first item is the last one in memory.
    first = sum((length - 1) * -step for length, step in zip(shape, steps, strict=True) if step < 0)
    array: Array = np.ndarray(shape, dtype, buffer, first * dtype.itemsize, [step * dtype.itemsize for step in steps])
    # An array without gaps, such as one in F order, owns its memory in NumPy's sense, too: `resize` asks for that.
    return array.copy("K") if extent == math.prod(shape) and min(steps) >= 0 else array


def _separate_axes(shape: Sequence[int], steps: Sequence[int]) -> list[int]:
    """Axes along which items have places of their own."""
    return [axis for axis, (length, step) in enumerate(zip(shape, steps, strict=True)) if length > 1 and step]


def _outer_first(axes: Sequence[int], steps: Sequence[int]) -> list[int]:
    """Axes from the largest step to the smallest."""
    return sorted(axes, key=lambda axis: -abs(steps[axis]))


def _check_size(content: bytes, size: int) -> None:
    if len(content) != size:
        raise WireError("an array whose shape does not fit its contents")
