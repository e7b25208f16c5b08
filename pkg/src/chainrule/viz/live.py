"""A bar and curves that grow while a network learns; lines of text where no notebook shows them."""

import base64
import sys
import time
from collections.abc import Mapping
from html import escape
from typing import Any

from matplotlib.figure import Figure

from chainrule.check.language import bilingual, language
from chainrule.viz.canvas import png
from chainrule.viz.curves import curves

__all__ = ["Live"]

_REST = 6  # times what the last picture took: drawing must not take the time that training needs
_LINES = 10  # of text, where there is no picture


class Live:
    """Shows how far a loop is, and its numbers as curves.

    In a notebook one output is drawn again and again, and its last state stays in the file. Elsewhere about ten lines
    are printed.

    Args:
        steps: how many calls of `add` there will be.
        names: what each number of `add` is called, "English | 中文"; its name if missing.
        xlabel: what a step is, in the figure.
        log: logarithmic vertical axis.

    >>> live = Live(2)
    >>> live.add(loss=0.5)
    1/2  loss 0.5000
    >>> live.add(loss=0.25)
    2/2  loss 0.2500
    >>> live.series
    {'loss': [0.5, 0.25]}
    """

    def __init__(
        self, steps: int, names: Mapping[str, str] | None = None, xlabel: str = "epoch", log: bool = False
    ) -> None:
        self.steps = steps
        self.series: dict[str, list[float]] = {}
        self._names, self._xlabel, self._log = dict(names or {}), xlabel, log
        self._done = 0
        self._handle: Any = None
        self._next_s = float("-inf")  # not before then

    def add(self, **numbers: float) -> None:
        """One step more, with its numbers."""
        self._done += 1
        for name, number in numbers.items():
            self.series.setdefault(name, []).append(float(number))
        if _notebook():
            if self._done >= self.steps or time.monotonic() >= self._next_s:
                self._show()
        elif self._done >= self.steps or self._done % max(1, self.steps // _LINES) == 0:
            sys.stdout.write(self.line() + "\n")

    def line(self) -> str:
        """How far it is, and the newest numbers."""
        lang = language()
        newest = (f"{bilingual(self._names.get(k, k), lang)} {v[-1]:.4f}" for k, v in self.series.items())
        return "  ".join([f"{self._done}/{self.steps}", *newest])

    def figure(self) -> Figure:
        """The curves so far."""
        return curves(self.series, self._xlabel, "", log=self._log)

    def bundle(self) -> dict[str, str]:
        """What a notebook shows: bar, line and picture as HTML; the line alone as text."""
        share = min(100, 100 * self._done // max(self.steps, 1))
        picture = base64.b64encode(png(self.figure())).decode()
        bar = (
            '<div style="width:420px;background:#e5e7eb;border-radius:3px">'
            f'<div style="width:{share}%;height:8px;background:#1f5dad;border-radius:3px"></div></div>'
        )
        line = escape(self.line())
        image = f'<img width="420" alt="{line}" src="data:image/png;base64,{picture}">'
        return {"text/html": f"{bar}<div>{line}</div>{image}", "text/plain": self.line()}

    def _show(self) -> None:
        from IPython.display import display

        start = time.monotonic()
        if self._handle is None:
            self._handle = display(self.bundle(), raw=True, display_id=True)
        else:
            self._handle.update(self.bundle(), raw=True)
        end = time.monotonic()
        self._next_s = end + _REST * (end - start)


def _notebook() -> bool:
    """Whether rich output is shown: by a kernel, not by a bare Python process or IPython in a terminal."""
    if "IPython" not in sys.modules:
        return False
    from IPython.core.getipython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None
