"""Sampling pools as a graph: who wins, which way δ goes back, and a maximum as a function of one of its units."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import canvas

__all__ = ["pool_graph"]

_UNIT, _INK, _QUIET = "#e5e7eb", "#374151", "#d1d5db"
_POOL, _WINNER = "#1f5dad", "#d9731a"
_REACH = 4.0


def pool_graph(
    a: ArrayLike, pools: Sequence[Sequence[int]], delta: ArrayLike, chosen: int = 0, moved: int = 0
) -> Figure:
    """Left the pools as a graph with δ on its way back, right one maximum while one unit moves.

    Orange lines lead from a maximum to the unit that wins it; the lines of the chosen pool are drawn in full. Units
    and neurons are numbered from 1, as in the notes. In a tie the unit that the pool lists first wins.

    Args:
        a: (N,), the activations of layer l - 1.
        pools: a list of the units, from 0, of each neuron of layer l.
        delta: a number for each pool.
        chosen: the pool that is drawn in full, from 0.
        moved: the unit that moves on the right, from 0.

    Raises:
        ShapeError: there is not one δ for each pool, or an empty pool, or no such pool or unit.

    >>> figure = pool_graph([3.0, 1.0, 2.0], [[0, 1], [1, 2]], [10.0, 20.0], chosen=1, moved=2)
    >>> figure.axes[1].get_title()
    '$∂a_{2}^{(l)} / ∂a_{3}^{(l-1)} = 1$'
    """
    values, deltas = np.asarray(a, np.float64), np.asarray(delta, np.float64)
    _check(values, pools, deltas, chosen, moved)
    figure, axes = canvas(2, size=(4.4, 4.4))
    _graph(axes[0, 0], values, pools, deltas, chosen)
    _maximum_along(axes[0, 1], values, pools[chosen], chosen, moved)
    return figure


def _graph(
    axis: Axes, a: NDArray[np.float64], pools: Sequence[Sequence[int]], delta: NDArray[np.float64], chosen: int
) -> None:
    low, high = _heights(len(a)), _heights(len(pools))
    back = np.zeros(len(a))
    for j in [*(j for j in range(len(pools)) if j != chosen), chosen]:  # the chosen one on top
        winner = pools[j][int(np.argmax(a[list(pools[j])]))]
        back[winner] += delta[j]
        for unit in pools[j]:
            colour = _WINNER if unit == winner else _POOL if j == chosen else _QUIET
            width = 2.8 if unit == winner and j == chosen else 1.6 if j == chosen else 1.0
            axis.plot([0, 1], [low[unit], high[j]], color=colour, linewidth=width, zorder=2 if j == chosen else 1)
    for i, value in enumerate(a):
        _unit(axis, 0, low[i], value, lit=i in pools[chosen])
        _note(axis, -0.13, low[i], f"{i + 1}", "right", _INK)
        if back[i]:
            _note(axis, -0.24, low[i], f"δ = {back[i]:g}", "right", _WINNER)
    for j, pool in enumerate(pools):
        _unit(axis, 1, high[j], a[list(pool)].max(), lit=j == chosen)
        _note(axis, 1.13, high[j], f"{j + 1}", "left", _INK)
        _note(axis, 1.24, high[j], f"δ = {delta[j]:g}", "left", _WINNER)
    axis.set(xlim=(-0.75, 1.75), ylim=(-0.06, 1.16))
    axis.text(0, 1.12, "layer $l-1$", ha="center", va="center", color=_INK)
    axis.text(1, 1.12, "layer $l$", ha="center", va="center", color=_INK)
    axis.set_axis_off()


def _maximum_along(axis: Axes, a: NDArray[np.float64], pool: Sequence[int], chosen: int, moved: int) -> None:
    others = [a[unit] for unit in pool if unit != moved]
    line = np.linspace(-_REACH, _REACH, 161)
    floor = np.full(line.shape, max(others, default=-np.inf))
    curve = np.maximum(floor, line) if moved in pool else floor
    axis.plot(line, curve, color=_POOL, linewidth=2.2)
    axis.plot(a[moved], a[list(pool)].max(), "o", color=_WINNER, markersize=9)
    axis.set_xlabel(f"$a_{{{moved + 1}}}^{{(l-1)}}$")
    axis.set_ylabel(f"$a_{{{chosen + 1}}}^{{(l)}}$")
    axis.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), aspect="equal")
    slope = f"∂a_{{{chosen + 1}}}^{{(l)}} / ∂a_{{{moved + 1}}}^{{(l-1)}}"
    if moved in pool and max(others, default=-np.inf) == a[moved]:
        axis.set_title(f"a tie: ${slope}$ does not exist")
    else:
        wins = moved in pool and a[moved] > max(others, default=-np.inf)
        axis.set_title(f"${slope} = {int(wins)}$")


def _heights(count: int) -> NDArray[np.float64]:
    return np.linspace(1.0, 0.0, count) if count > 1 else np.array([0.5])


def _unit(axis: Axes, x: float, y: float, value: float, *, lit: bool) -> None:
    edge = _POOL if lit else _QUIET
    axis.plot(x, y, "o", markersize=23, markerfacecolor="white", markeredgecolor=edge, markeredgewidth=1.6, zorder=3)
    axis.text(x, y, f"{round(value, 2) + 0:g}", ha="center", va="center", fontsize=8.5, color=_INK, zorder=4)


def _note(axis: Axes, x: float, y: float, text: str, align: str, colour: str) -> None:
    axis.text(x, y, text, ha=align, va="center", color=colour)


def _check(
    a: NDArray[np.float64], pools: Sequence[Sequence[int]], delta: NDArray[np.float64], chosen: int, moved: int
) -> None:
    fits = a.ndim == 1 and delta.shape == (len(pools),) and 0 <= chosen < len(pools) and 0 <= moved < len(a)
    if fits and all(len(pool) and all(0 <= unit < len(a) for unit in pool) for pool in pools):
        return
    raise ShapeError(
        explain(
            "these pools cannot be drawn",
            got=f"a {a.shape}, {len(pools)} pools, delta {delta.shape}, chosen {chosen}, moved {moved}",
            expected="a (N,), one δ a pool, units and pools counted from 0, no pool empty",
            fix="pass a single row of activations, and lists of unit numbers",
        )
    )
