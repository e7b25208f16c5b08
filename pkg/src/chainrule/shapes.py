"""Axis letters, output sizes, padding and layouts: arithmetic on integers, no arrays.

| letter | axis | letter | axis |
|---|---|---|---|
| M | batch (the notes' m) | R, S | filter or window height and width |
| H, W | input height and width | P, Q | output height and width |
| C | input channels | K | output channels (the notes' feature maps ν) |

A window that slides over an image does the same thing along both axes, with its own numbers; `Axis` holds them
for one axis. Layouts are words: "NHWC" names the axes of an array in order (N is TensorFlow's letter for M).
"""

import operator
from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import NamedTuple, TypeAlias

from chainrule.errors import ShapeError, explain

__all__ = [
    "Axis",
    "Padding",
    "Pair",
    "explicit_padding",
    "from_nhwc_axes",
    "output_size",
    "same_padding",
    "spatial_pair",
    "to_nhwc_axes",
    "transposed_size",
    "window_axes",
]

Axes: TypeAlias = tuple[int, int, int, int]

Pair: TypeAlias = int | Sequence[int]
"""One number for both axes, (vertical, horizontal), or four in the order of the layout's letters."""

Padding: TypeAlias = str | Sequence[Sequence[int]]
""""VALID", "SAME" or ((top, bottom), (left, right))."""


class Axis(NamedTuple):
    """How a window slides along one axis: output position p sees inputs p * stride + r * dilation - before.

    The axis has `size` input and `output` output positions; r counts the `window` entries of the filter.
    """

    size: int
    window: int
    stride: int
    dilation: int
    before: int
    after: int
    output: int

    @property
    def pointwise(self) -> bool:
        """Whether output position p sees input position p alone, and all of them are seen."""
        return self.window == self.stride == 1 and self.before == 0 and self.output == self.size


LARGEST = 2**31 - 1  # so that no sum of such numbers overflows in compiled code


def _at_least_one(**numbers: int) -> None:
    for name, number in numbers.items():
        if number < 1:
            raise ShapeError(explain(f"{name} is too small", got=number, expected="1 or more", fix=f"pass {name} >= 1"))


def output_size(size: int, window: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Number of positions of a window on one axis: floor((size + padding - (window - 1) * dilation - 1) / stride) + 1.

    Args:
        size: input positions.
        window: entries of the filter or pooling window.
        stride: step between two positions of the window.
        padding: zeros added, both sides together.
        dilation: step between two entries of the window.

    Raises:
        ShapeError: an argument is out of range, or the window does not fit even once.

    Source: notes, section 4, "VALID", corrected for strides that do not divide (course, notebook 06).

    >>> output_size(28, window=5)
    24
    >>> output_size(7, window=3, stride=2, padding=1)
    3
    """
    _at_least_one(size=size, window=window, stride=stride, dilation=dilation)
    if padding < 0:
        raise ShapeError(
            explain("padding is negative", got=padding, expected="0 or more", fix="crop the array instead")
        )
    spread = (window - 1) * dilation + 1
    if spread > size + padding:
        raise ShapeError(
            explain(
                "the window is larger than its input",
                got=f"{spread} positions (window {window}, dilation {dilation})",
                expected=f"at most {size + padding} (size {size}, padding {padding})",
                fix="pad more, or use a smaller window or dilation",
            )
        )
    return (size + padding - spread) // stride + 1


def transposed_size(size: int, window: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Smallest axis from which a convolution gives `size` positions: (size - 1) * stride + spread - padding.

    This is the output size of a transposed convolution; spread = (window - 1) * dilation + 1.

    Raises:
        ShapeError: an argument is out of range, or the padding leaves nothing.

    >>> transposed_size(4, window=3, stride=2)
    9
    """
    _at_least_one(size=size, window=window, stride=stride, dilation=dilation)
    total = (size - 1) * stride + (window - 1) * dilation + 1 - padding
    if total < 1:
        raise ShapeError(
            explain(
                "the padding leaves no output", got=total, expected="1 or more", fix="pad less, or widen the filter"
            )
        )
    return total


def same_padding(size: int, window: int, stride: int = 1, dilation: int = 1) -> tuple[int, int]:
    """Zeros that TensorFlow's "SAME" adds before and after one axis.

    The output has ceil(size / stride) positions. The total is shared out evenly, the odd zero goes after.

    Raises:
        ShapeError: a size, window, stride or dilation below 1.

    Source: notes, section 4, "padding", corrected for stride > 1 (course, notebook 06).

    >>> same_padding(6, window=3, stride=2)
    (0, 1)
    """
    _at_least_one(size=size, window=window, stride=stride, dilation=dilation)
    positions = -(-size // stride)
    total = max((positions - 1) * stride + (window - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def _order(letters: str, wanted: str) -> Axes:
    a, b, c, d = (letters.index(letter) for letter in wanted)
    return a, b, c, d


_LAYOUTS = ["".join(letters) for letters in permutations("NHWC")]
_TO_NHWC = {layout: _order(layout, "NHWC") for layout in _LAYOUTS}
_FROM_NHWC = {layout: _order("NHWC", layout) for layout in _LAYOUTS}


def to_nhwc_axes(data_format: str) -> Axes:
    """Axes for `transpose` from a layout to NHWC.

    Raises:
        ShapeError: `data_format` is not a permutation of the letters N, H, W, C.

    >>> to_nhwc_axes("NCHW")
    (0, 2, 3, 1)
    """
    axes = _TO_NHWC.get(data_format) if isinstance(data_format, str) else None  # type: ignore[redundant-expr]
    if axes is None:
        raise ShapeError(
            explain(
                "data_format is not a layout",
                got=repr(data_format),
                expected="the letters N, H, W and C, each once",
                fix='write "NHWC" (TensorFlow\'s default) or "NCHW"',
            )
        )
    return axes


def from_nhwc_axes(data_format: str) -> Axes:
    """Axes for `transpose` from NHWC to a layout: the inverse of `to_nhwc_axes`.

    Raises:
        ShapeError: `data_format` is not a permutation of the letters N, H, W, C.

    >>> from_nhwc_axes("NCHW")
    (0, 3, 1, 2)
    """
    to_nhwc_axes(data_format)  # refuses what is no layout
    return _FROM_NHWC[data_format]


def spatial_pair(name: str, value: Pair, data_format: str = "NHWC") -> tuple[int, int]:
    """(vertical, horizontal) of a stride, dilation or window.

    Args:
        name: what it is, for the message.
        value: an int for both, a pair (vertical, horizontal), or four in the order of `data_format`; then the
            entries of N and C must be 1, as in TensorFlow.
        data_format: a permutation of the letters N, H, W, C.

    Raises:
        ShapeError: another number of entries, an entry that is no integer or below 1.

    >>> spatial_pair("strides", (1, 1, 2, 3), "NCHW")
    (2, 3)
    """
    try:
        entries = [operator.index(v) for v in value] if isinstance(value, Iterable) else [operator.index(value)] * 2
    except TypeError:
        entries = []
    if len(entries) == 4:
        n, h, w, c = (entries[axis] for axis in to_nhwc_axes(data_format))
        entries = [h, w] if n == c == 1 else []
    if len(entries) != 2 or min(entries) < 1 or max(entries) > LARGEST:
        raise ShapeError(
            explain(
                f"{name} cannot be used",
                got=repr(value),
                expected="an integer, (vertical, horizontal), or four with 1 for batch and channels; all 1 or more",
                fix=f"write {name}=(1, 1) or the like",
            )
        )
    return entries[0], entries[1]


def explicit_padding(padding: Padding) -> tuple[tuple[int, int], tuple[int, int]]:
    """((top, bottom), (left, right)) of a padding that is no word.

    Raises:
        ShapeError: not two pairs of integers of 0 or more.

    >>> explicit_padding([[1, 0], [2, 2]])
    ((1, 0), (2, 2))
    """
    try:
        if isinstance(padding, str):
            raise TypeError
        (top, bottom), (left, right) = padding
        sides = [operator.index(side) for side in (top, bottom, left, right)]
    except (TypeError, ValueError):
        sides = [-1]
    if min(sides) < 0 or max(sides) > LARGEST:
        raise ShapeError(
            explain(
                "padding cannot be used",
                got=repr(padding),
                expected='"VALID", "SAME" or ((top, bottom), (left, right)) with integers of 0 or more',
                fix='write padding="SAME", or for one zero on each side ((1, 1), (1, 1))',
            )
        )
    return (sides[0], sides[1]), (sides[2], sides[3])


def window_axes(
    size: tuple[int, int],
    window: tuple[int, int],
    strides: tuple[int, int],
    padding: Padding,
    dilations: tuple[int, int] = (1, 1),
) -> tuple[Axis, Axis]:
    """The vertical and the horizontal `Axis` of a window on an image.

    Args:
        size: (H, W) of the input.
        window: (R, S).
        strides: (vertical, horizontal).
        padding: "VALID", "SAME" or ((top, bottom), (left, right)).
        dilations: (vertical, horizontal).

    Raises:
        ShapeError: a number out of range, an unknown padding, or a window larger than its padded input.

    >>> window_axes((6, 5), (3, 2), (2, 1), "SAME")[0]
    Axis(size=6, window=3, stride=2, dilation=1, before=0, after=1, output=3)
    """
    if not isinstance(padding, str):
        sides = explicit_padding(padding)
    elif padding == "SAME":
        vertical, horizontal = (
            same_padding(*numbers) for numbers in zip(size, window, strides, dilations, strict=True)
        )
        sides = (vertical, horizontal)
    else:
        sides = ((0, 0), (0, 0)) if padding == "VALID" else explicit_padding(padding)  # refuses any other word
    rows, columns = (
        Axis(n, k, s, d, *side, output_size(n, k, s, sum(side), d))
        for n, k, s, d, side in zip(size, window, strides, dilations, sides, strict=True)
    )
    return rows, columns
