"""An empty figure in the house style, and its way onto the page."""

import io
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from chainrule.check.language import bilingual, language

__all__ = ["CLASSES", "canvas", "png", "show"]

CLASSES = ("#1f5dad", "#d9731a", "#2e8b57", "#8e4ec6", "#c2185b", "#6b7280", "#b8860b", "#0e7490", "#7c2d12", "#111827")
"""A colour for each class; neighbours differ in brightness too."""

_DPI = 100
_SHARPNESS = 2  # pixels of the picture for each pixel of the page, for screens with small ones
_STYLE: Any = {
    "axes.edgecolor": "#9ca3af",
    "axes.labelcolor": "#374151",
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 10,
    "font.size": 9.5,
    "legend.frameon": False,
    "xtick.color": "#6b7280",
    "ytick.color": "#6b7280",
}


def canvas(columns: int = 1, rows: int = 1, size: tuple[float, float] = (4.2, 3.2)) -> tuple[Figure, NDArray[Any]]:
    """A figure with a grid of axes, apart from pyplot, so that nothing shows it by accident or keeps it alive.

    Args:
        columns: axes side by side.
        rows: axes one below the other.
        size: width and height of one axes in inches.

    Returns:
        the figure, and its axes as an array (rows, columns).

    >>> figure, axes = canvas(columns=2)
    >>> axes.shape
    (1, 2)
    """
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(columns * size[0], rows * size[1]), dpi=_DPI, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(rows, columns, squeeze=False)
        for axis in axes.flat:
            _prepare(axis)
    return figure, np.asarray(axes)


def png(figure: Figure) -> bytes:
    r"""The figure as a PNG picture, sharp on screens with small pixels.

    >>> png(canvas()[0])[:4]
    b'\x89PNG'
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=_DPI * _SHARPNESS, facecolor="white", metadata={"Software": None})
    return buffer.getvalue()


def show(figure: Figure, alt: str = "") -> None:
    """Put a figure into the notebook; `alt` describes it, "English | 中文", to those who cannot see it.

    >>> show(canvas()[0], "an empty frame | 空坐标框")
    <IPython.core.display.Image object>
    """
    from IPython.display import Image, display

    width = int(figure.get_figwidth() * _DPI)
    display(Image(data=png(figure), width=width, alt=bilingual(alt, language()) or None))


def _prepare(axis: Axes) -> None:
    axis.grid(visible=True, color="#e5e7eb", linewidth=0.6)
    axis.set_axisbelow(True)
