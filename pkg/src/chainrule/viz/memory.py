"""One small colour image and the row of numbers that it is in memory, for every order of the axes."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import canvas

__all__ = ["memory_layout"]

_SIZE = {"N": 1, "H": 2, "W": 3, "C": 3}
_CHANNELS = ("red", "green", "blue")
_TINT = ("#f2b8b5", "#b9e0c3", "#b6d0f2")
_HERE = "#111827"


def memory_layout(data_format: str = "NHWC", position: int = 0) -> Figure:
    """Above the three channels of an image of 2 × 3 pixels, each with its place in memory; below the memory itself.

    In the memory's cells stand row and column; the colour is the channel. One position is framed in both.

    Args:
        data_format: an order of the letters N, H, W, C.
        position: in memory, from 0 to 17; past the end it stays there.

    Raises:
        ShapeError: `data_format` is no such order.

    >>> memory_layout("NCHW", position=7).get_suptitle()
    'NCHW: memory[7] = x[0, 1, 0, 1]'
    """
    if sorted(data_format) != sorted(_SIZE):
        raise ShapeError(
            explain(
                "data_format is not a layout",
                got=repr(data_format),
                expected="the letters N, H, W and C, each once",
                fix='write "NHWC"',
            )
        )
    shape = tuple(_SIZE[letter] for letter in data_format)
    here = int(np.clip(position, 0, np.prod(shape) - 1))
    index = [int(i) for i in np.unravel_index(here, shape)]
    figure, ((above,), (below,)) = canvas(1, rows=2, size=(7.6, 1.6))
    figure.suptitle(f"{data_format}: memory[{here}] = x[{', '.join(map(str, index))}]", fontsize=11)
    for place, entry in enumerate(np.ndindex(shape)):
        at = dict(zip(data_format, entry, strict=True))
        row, column, channel = at["H"], at["W"], at["C"]
        _cell(above, channel * 4.5 + column, row, channel, str(place), framed=place == here)
        _cell(below, place, 0, channel, f"{row},{column}", framed=place == here)
    for channel, name in enumerate(_CHANNELS):
        above.text(channel * 4.5 + 1, -0.75, f"c = {channel}  {name}", ha="center", va="bottom")
    above.set(xlim=(-1.2, 12.2), ylim=(1.7, -1.3))
    below.set(xlim=(-0.7, 17.7), ylim=(0.9, -1.1))
    below.text(-0.5, -0.7, "memory, with (row, column) of each number", va="bottom")
    return figure


def _cell(axis: Axes, x: float, y: float, channel: int, text: str, *, framed: bool) -> None:
    axis.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=_TINT[channel], edgecolor="white", linewidth=1.5))
    axis.text(
        x, y, text, ha="center", va="center", fontsize=9, color="#1f2937", fontweight="bold" if framed else "normal"
    )
    if framed:
        axis.add_patch(
            Rectangle((x - 0.5, y - 0.5), 1, 1, fill=False, edgecolor=_HERE, linewidth=2.5, zorder=3, clip_on=False)
        )
    axis.set_aspect("equal")
    axis.set_axis_off()
