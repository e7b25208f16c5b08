"""One axis of a convolution: which pixels a window meets, where zeros stand, and which weight is on which wire."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import CLASSES, canvas

__all__ = ["connections", "padded_axis"]

_PIXEL, _ZERO, _ODD, _UNUSED, _TAP = "#9dbfe8", "#e5e7eb", "#f2a25c", "#e9c46a", "#1f5dad"
_INK, _QUIET, _WRONG = "#1f2937", "#d1d5db", "#b42318"


@dataclass(frozen=True)
class _Axis:
    """n pixels under a window of k entries that lie d apart and moves by s."""

    n: int
    k: int
    s: int
    d: int
    same: bool

    @property
    def window(self) -> int:
        return self.d * (self.k - 1) + 1

    @property
    def positions(self) -> int:
        return -(-self.n // self.s) if self.same else max((self.n - self.window) // self.s + 1, 0)

    @property
    def reach(self) -> int:
        """From the first pixel of the first window to the last one of the last."""
        return (self.positions - 1) * self.s + self.window

    @property
    def zeros(self) -> int:
        return max(self.reach - self.n, 0) if self.same else 0

    @property
    def before(self) -> int:
        return self.zeros // 2

    def seen(self, position: int) -> list[int]:
        """Where the entries of the window lie, in pixels; outside of 0 to n - 1 there is a zero."""
        return [position * self.s + entry * self.d - self.before for entry in range(self.k)]


def _axis(n: int, k: int, stride: int, dilation: int, padding: str) -> _Axis:
    if min(n, k, stride, dilation) < 1 or padding not in ("SAME", "VALID"):
        raise ShapeError(
            explain(
                "such a window cannot be drawn",
                got=f"n={n}, k={k}, stride={stride}, dilation={dilation}, padding={padding!r}",
                expected='integers of 1 or more, and "SAME" or "VALID"',
                fix='write padded_axis(6, 3, 2, 1, "SAME") or the like',
            )
        )
    return _Axis(n, k, stride, dilation, padding == "SAME")


def padded_axis(n: int = 6, k: int = 3, stride: int = 1, dilation: int = 1, padding: str = "SAME") -> Figure:
    """One axis with its zeros, and below it the window at every position.

    Blue pixels, grey zeros, orange the odd zero that stands after, yellow pixels that no window reaches. The second
    line of the title is what the notes' sentence gives, in red where it is another number.

    Args:
        n: pixels.
        k: entries of the filter.
        stride: of the window.
        dilation: distance of neighbouring entries.
        padding: "SAME" or "VALID".

    Raises:
        ShapeError: a number below 1 or another word.

    >>> padded_axis(6, 3, stride=2).get_suptitle()
    'P = ⌈6 / 2⌉ = 3    zeros: (3 − 1)·2 + 3 − 6 = 1, so 0 before and 1 after'
    """
    axis = _axis(n, k, stride, dilation, padding)
    figure, ((drawn,),) = canvas(1, size=(7.6, 4.2))
    figure.set_layout_engine("constrained", h_pad=0.1)  # the brackets of the formula are tall
    figure.suptitle(_formula(axis), fontsize=10.5)
    _quote_notes(drawn, axis)
    small = 9.0 if n + axis.zeros < 20 else 7.0
    _strip(drawn, axis, small)
    for p in range(axis.positions):
        row, seen = 1.4 + p, axis.seen(p)
        drawn.plot([seen[0], seen[-1]], [row, row], color=_TAP, linewidth=1.5, zorder=1)
        for mu, j in enumerate(seen):
            _square(drawn, j, row, _TAP if 0 <= j < n else _QUIET)
            drawn.text(j, row, f"$\\omega_{mu}$", ha="center", va="center", fontsize=small + 1, color="white")
        drawn.text(-axis.before - 0.8, row, f"p = {p}", ha="right", va="center", fontsize=small)
    drawn.set(xlim=(-axis.before - 3, n + axis.zeros - axis.before), ylim=(max(axis.positions, 3) + 1.2, -0.8))
    drawn.set_aspect("equal")
    drawn.set_axis_off()
    return figure


def _quote_notes(drawn: Axes, axis: _Axis) -> None:
    """The number that the notes' sentence gives, in red where it is another."""
    if axis.same:
        rule, notes = "input = output", Fraction(axis.n)
    else:
        rule = f"({axis.n} − {axis.window}) / {axis.s} + 1"
        notes = Fraction(axis.n - axis.window, axis.s) + 1
    says = f"in the notes:  {rule} = {float(notes):.4g}"
    if notes == axis.positions:
        drawn.set_title(says, color=_INK)
    else:
        drawn.set_title(f"{says},  not {axis.positions}", color=_WRONG)


def _strip(drawn: Axes, axis: _Axis, fontsize: float) -> None:
    """The axis itself with its zeros."""
    last = axis.n + axis.zeros - axis.before - 1
    for j in range(-axis.before, last + 1):
        outside = not 0 <= j < axis.n
        odd = axis.zeros % 2 == 1 and j == last
        unused = not axis.same and j >= axis.reach
        _square(drawn, j, 0, _ODD if odd else _ZERO if outside else _UNUSED if unused else _PIXEL)
        drawn.text(j, 0, "0" if outside else str(j), ha="center", va="center", fontsize=fontsize, color=_INK)


def _formula(axis: _Axis) -> str:
    if axis.same:
        total = axis.reach - axis.n
        shared = f"so {axis.before} before and {axis.zeros - axis.before} after" if total > 0 else "so none"
        return (
            f"P = ⌈{axis.n} / {axis.s}⌉ = {axis.positions}    "
            f"zeros: ({axis.positions} − 1)·{axis.s} + {axis.window} − {axis.n} = {total}, {shared}".replace(
                "= -", "= −"
            )
        )
    if not axis.positions:
        return f"a window of {axis.window} does not fit on {axis.n} pixels"
    return f"P = ⌊({axis.n} − {axis.window}) / {axis.s}⌋ + 1 = {axis.positions}    no zeros"


def connections(n: int = 6, k: int = 3, stride: int = 1, padding: str = "SAME", output: int = 0) -> Figure:
    """Left the wires from pixels to outputs, right the matrix W; one colour for each weight of the filter.

    Args:
        n: pixels.
        k: entries of the filter, at most 10.
        stride: of the window.
        padding: "SAME" or "VALID".
        output: the one whose wires are thick and whose column is framed; past the last it stays there.

    Raises:
        ShapeError: a number below 1 or another word.

    >>> connections(4, 3, padding="VALID").get_suptitle()
    '6 wires, 3 weights'
    """
    axis = _axis(n, k, stride, 1, padding)
    P = axis.positions
    wires = [(j, i, mu) for i in range(P) for mu, j in enumerate(axis.seen(i)) if 0 <= j < n]
    figure, ((graph, matrix),) = canvas(2, size=(3.8, 4.0))
    figure.suptitle(f"{_count(len(wires), 'wire')}, {_count(k, 'weight')}" if P else "no window fits", fontsize=10.5)
    chosen = min(output, P - 1)
    middle = (n - 1) / 2 - (P - 1) / 2
    for j, i, mu in wires:
        bold = i == chosen
        graph.plot(
            [0, 1],
            [j, i + middle],
            color=CLASSES[mu],
            linewidth=3.0 if bold else 1.2,
            alpha=1 if bold else 0.55,
            zorder=1,
        )
        matrix.add_patch(Rectangle((i - 0.5, j - 0.5), 1, 1, facecolor=CLASSES[mu], edgecolor="white"))
        matrix.text(i, j, f"$\\omega_{mu}$", ha="center", va="center", color="white", fontsize=11)
    for j in range(n):
        _unit(graph, 0, j, f"$a_{j}$")
    for i in range(P):
        _unit(graph, 1, i + middle, f"$z_{i}$")
    graph.set(xlim=(-0.25, 1.25), ylim=(n - 0.4, -0.6), title="wires ⟨ji⟩")
    graph.set_axis_off()
    if P:
        matrix.add_patch(
            Rectangle((chosen - 0.5, -0.5), 1, n, fill=False, edgecolor=_INK, linewidth=2.5, clip_on=False)
        )
    matrix.set(xlim=(-0.5, max(P, 1) - 0.5), ylim=(n - 0.5, -0.5), title="$W_{ji}$, 0 where nothing stands")
    matrix.set(xticks=np.arange(P), yticks=np.arange(n), xlabel="i", ylabel="j", aspect="equal")
    matrix.grid(visible=False)
    return figure


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _square(axis: Axes, x: float, y: float, colour: str) -> None:
    axis.add_patch(Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, facecolor=colour, edgecolor="white", zorder=2))


def _unit(axis: Axes, x: float, y: float, name: str) -> None:
    axis.plot([x], [y], "o", markersize=19, color="white", markeredgecolor=_INK, zorder=2)
    axis.text(x, y, name, ha="center", va="center", fontsize=10, color=_INK, zorder=3)
