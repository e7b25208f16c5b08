"""A table of got - expected: red where an array is too large, blue where too small."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.language import catalogue
from chainrule.check.record import N_

__all__ = ["heatmap"]

_MOST = 24  # rows and columns that still read well in a notebook


def heatmap(got: NDArray[Any] | None, expected: NDArray[Any] | None, lang: str = "en") -> str:
    """HTML table of the difference, empty where a picture says nothing: single numbers, other shapes, long arrays.

    Plain HTML, because it costs a millisecond, needs no figure library and survives the cleaning of feedback pages.

    >>> heatmap(np.zeros((2, 2)), np.eye(2)).count("<td")
    4
    """
    if got is None or expected is None or got.shape != expected.shape or got.size < 3:
        return ""
    difference = np.asarray(got, np.float64) - np.asarray(expected, np.float64)
    if difference.ndim > 2 or max(difference.shape) > _MOST or not np.isfinite(difference).all():
        return ""
    rows = np.atleast_2d(difference)
    largest = float(np.abs(rows).max()) or 1.0
    cells = "".join("<tr>" + "".join(_cell(float(v), largest) for v in row) + "</tr>" for row in rows)
    legend = catalogue(lang).gettext(N_("got − expected"))
    return (
        '<div style="margin:.4em 0"><table style="border-collapse:collapse;margin:0;display:inline-table">'
        f'{cells}</table><div style="font-size:85%;opacity:.75">{legend}, ±{largest:.2g}</div></div>'
    )


def _cell(value: float, largest: float) -> str:
    strength = abs(value) / largest
    red, blue = ((180, 35, 24), (31, 93, 173))
    r, g, b = red if value > 0 else blue
    colour = f"rgba({r},{g},{b},{0.05 + 0.85 * strength:.2f})" if strength > 1e-6 else "rgba(128,128,128,.10)"
    return (
        f'<td title="{value:+.3g}" style="background:{colour};width:1.5em;min-width:1.5em;height:1.5em;padding:0;'
        'border:1px solid rgba(128,128,128,.35)"></td>'
    )
