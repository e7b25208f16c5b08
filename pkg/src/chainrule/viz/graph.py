"""A small network as a graph that one can step through: forwards z and a, backwards δ, then the gradients."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import canvas

__all__ = ["layered_graph"]

_POSITIVE, _NEGATIVE, _DELTA, _INK, _FAINT = "#b91c1c", "#1f5dad", "#8e4ec6", "#1f2937", "#6b7280"
_ON, _OFF, _EMPTY = "#fde9cf", "#d1d5db", "#ffffff"
_APART, _RADIUS = 3.0, 0.38  # between layers, and of a neuron, in the axes' units
_LABEL_AT = 0.25  # of a connection's length: in the middle the labels of crossing lines would meet
Array = NDArray[np.float64]


@dataclass(frozen=True)
class _Run:
    """Everything that is computed in a network with ReLU in all layers but the last, for C = ½ Σ (a - y)²."""

    params: Sequence[tuple[Array, Array]]
    z: list[Array]
    a: list[Array]
    delta: list[Array]
    gradients: list[tuple[Array, Array]]
    y: Array

    @classmethod
    def of(cls, x: Array, params: Sequence[tuple[Array, Array]], y: Array) -> "_Run":
        z, a = [x], [x]
        for number, (W, b) in enumerate(params, start=1):
            z.append(a[-1] @ W + b)
            a.append(z[-1] if number == len(params) else np.maximum(z[-1], 0))
        delta = [a[-1] - y]
        gradients: list[tuple[Array, Array]] = []
        for number in range(len(params), 0, -1):
            g = delta[0] * cls._slope(z[number], number == len(params))
            gradients.insert(0, (a[number - 1].T @ g, g.sum(axis=0)))
            delta.insert(0, g @ params[number - 1][0].T)
        return cls(params, z, a, delta, gradients, y)

    @staticmethod
    def _slope(z: Array, last: bool) -> Array:
        return np.ones_like(z) if last else (z >= 0).astype(np.float64)

    @property
    def depth(self) -> int:
        return len(self.params)

    def slope(self, layer: int) -> Array:
        """F'(z) of a layer."""
        return self._slope(self.z[layer], layer == self.depth)


@dataclass(frozen=True)
class _Stage:
    """The state at a step: z and a are known up to layer `forward`, δ from `back` on, gradients from `graded` on."""

    forward: int
    back: int
    graded: int
    layer: int  # whose connections take part in this step, 0 if none
    formula: str
    worked: str


def layered_graph(
    x: ArrayLike,
    params: Sequence[tuple[ArrayLike, ArrayLike]],
    y: ArrayLike,
    step: int = 0,
    sample: int = 1,
) -> Figure:
    r"""A network with its weights, and the numbers that are known at a step, for one sample.

    With L layers: step 0 shows the input; steps 1 to L compute z and a of a layer; step L + 1 the cost ½ Σ (a - y)² and
    δ of the last layer; steps L + 2 to 2L + 1 go back, down to the input; the L steps after them write the gradients
    of the weights, added up over all samples, on the connections. Hidden layers have ReLU, the last one is linear.

    Args:
        x: (M, N_0).
        params: (W (N_prev, N), b (N,)) of each layer.
        y: (M, N_L).
        step: past the last it stays there.
        sample: m, counted from 1.

    Raises:
        ShapeError: the arrays do not belong together.

    >>> layered_graph([[1.0]], [([[2.0]], [0.5])], [[2.0]], step=2).axes[0].get_title()
    '$\\delta_{mi}^{(1)} = \\partial C/\\partial a_{mi}^{(1)} = a_{mi}^{(1)} - y_{mi}$'
    """
    arrays = [(np.asarray(W, np.float64), np.asarray(b, np.float64)) for W, b in params]
    inputs, targets = np.asarray(x, np.float64), np.asarray(y, np.float64)
    _check(inputs, arrays, targets, sample)
    run = _Run.of(inputs, arrays, targets)
    m = sample - 1
    stage = _stage(run, min(max(step, 0), 3 * run.depth + 1), m)
    widest = max(a.shape[1] for a in run.a)
    figure, axes = canvas(size=(2.4 * run.depth + 2.8, 1.15 * widest + 1.0))
    axis = axes[0, 0]
    for layer in range(1, run.depth + 1):
        _connections(axis, run, stage, layer)
    for layer in range(run.depth + 1):
        _neurons(axis, run, stage, layer, m)
    axis.set_title(stage.formula, fontsize=11)
    axis.set_xlabel(stage.worked, fontsize=10, color=_INK)
    reach = 0.5 * 1.6 * (widest - 1) + 1.0
    axis.set(xlim=(-0.9, _APART * run.depth + 1.9), ylim=(-reach, reach), xticks=[], yticks=[], aspect="equal")
    axis.grid(visible=False)
    axis.spines[:].set_visible(False)
    return figure


def _check(x: Array, params: Sequence[tuple[Array, Array]], y: Array, sample: int) -> None:
    shapes = [x.shape, *(array.shape for pair in params for array in pair), y.shape]
    sizes = [x.shape[-1], *(W.shape[-1] for W, _ in params)]
    good = [(*x.shape[:1], sizes[0])]
    for n, k in pairwise(sizes):
        good += [(n, k), (k,)]
    good.append((x.shape[0], sizes[-1]))
    if shapes != good or not 1 <= sample <= len(x) or not params:
        raise ShapeError(
            explain(
                "no network for these arrays",
                got=f"{shapes}, m = {sample}",
                expected=good,
                fix="(M, N_0), W, b, ..., (M, N_L)",
            )
        )


def _stage(run: _Run, step: int, m: int) -> _Stage:
    L = run.depth
    if step == 0:
        return _Stage(0, L + 1, L + 1, 0, r"$a_{mi}^{(0)} = x_{mi}$", f"sample m = {m + 1}")
    if step <= L:
        return _Stage(step, L + 1, L + 1, step, _forward_formula(step, L), _forward_numbers(run, step, m))
    if step == L + 1:
        formula = rf"$\delta_{{mi}}^{{({L})}} = \partial C/\partial a_{{mi}}^{{({L})}} = a_{{mi}}^{{({L})}} - y_{{mi}}$"
        a, y = run.a[L][m, 0], run.y[m, 0]
        return _Stage(L, L, L + 1, 0, formula, rf"$\delta_{{{m + 1}1}} = {_n(a)} - {_n(y, True)} = {_n(a - y)}$")
    if step <= 2 * L + 1:
        layer = 2 * L + 2 - step
        return _Stage(L, layer - 1, L + 1, layer, _back_formula(layer), _back_numbers(run, layer, m))
    layer = 3 * L + 2 - step
    return _Stage(L, 0, layer, layer, _gradient_formula(layer), _gradient_numbers(run, layer))


def _forward_formula(layer: int, L: int) -> str:
    sum_ = rf"z_{{mi}}^{{({layer})}} = \sum_j a_{{mj}}^{{({layer - 1})}} W_{{ji}}^{{({layer})}} + b_i^{{({layer})}}"
    out = rf"a_{{mi}}^{{({layer})}} = " + (
        rf"z_{{mi}}^{{({layer})}}" if layer == L else rf"\max(0,\; z_{{mi}}^{{({layer})}})"
    )
    return rf"${sum_}, \quad {out}$"


def _forward_numbers(run: _Run, layer: int, m: int) -> str:
    (W, b), a = run.params[layer - 1], run.a[layer - 1][m]
    terms = " + ".join(
        rf"{_n(value, j > 0)} \cdot {_n(weight, True)}"
        for j, (value, weight) in enumerate(zip(a, W[:, 0], strict=True))
    )
    return rf"$z_{{{m + 1}1}}^{{({layer})}} = {terms} + {_n(b[0], True)} = {_n(run.z[layer][m, 0])}$"


def _back_formula(layer: int) -> str:
    return (
        rf"$\delta_{{mi}}^{{({layer - 1})}} = \sum_j \delta_{{mj}}^{{({layer})}}"
        rf"\, F'(z_{{mj}}^{{({layer})}})\, W_{{ij}}^{{({layer})}}$"
    )


def _back_numbers(run: _Run, layer: int, m: int) -> str:
    W, delta, slope = run.params[layer - 1][0], run.delta[layer][m], run.slope(layer)[m]
    terms = " + ".join(
        rf"{_n(d, j > 0)} \cdot {_n(f)} \cdot {_n(weight, True)}"
        for j, (d, f, weight) in enumerate(zip(delta, slope, W[0], strict=True))
    )
    return rf"$\delta_{{{m + 1}1}}^{{({layer - 1})}} = {terms} = {_n(run.delta[layer - 1][m, 0])}$"


def _gradient_formula(layer: int) -> str:
    return (
        rf"$\partial C/\partial W_{{ji}}^{{({layer})}} = \sum_m \delta_{{mi}}^{{({layer})}}"
        rf"\, F'(z_{{mi}}^{{({layer})}})\, a_{{mj}}^{{({layer - 1})}}$"
    )


def _gradient_numbers(run: _Run, layer: int) -> str:
    rows = zip(run.delta[layer][:, 0], run.slope(layer)[:, 0], run.a[layer - 1][:, 0], strict=True)
    terms = " + ".join(rf"{_n(d, m > 0)} \cdot {_n(f)} \cdot {_n(a, True)}" for m, (d, f, a) in enumerate(rows))
    return rf"$\partial C/\partial W_{{11}}^{{({layer})}} = {terms} = {_n(run.gradients[layer - 1][0][0, 0])}$"


def _place(run: _Run, layer: int, i: int) -> tuple[float, float]:
    return _APART * layer, 1.6 * ((run.a[layer].shape[1] - 1) / 2 - i)


def _connections(axis: Axes, run: _Run, stage: _Stage, layer: int) -> None:
    """Lines in the colour of the weight's sign; on them the weight, or its gradient once it is known."""
    W, active = run.params[layer - 1][0], stage.layer == layer
    graded = stage.graded <= layer
    for (j, i), weight in np.ndenumerate(W):
        (x0, y0), (x1, y1) = _place(run, layer - 1, j), _place(run, layer, i)
        colour = _POSITIVE if weight >= 0 else _NEGATIVE
        axis.plot(
            [x0, x1], [y0, y1], color=colour, linewidth=2.4 if active else 1, alpha=0.8 if active else 0.35, zorder=1
        )
        axis.text(
            x0 + _LABEL_AT * (x1 - x0),
            y0 + _LABEL_AT * (y1 - y0),
            _n(float(run.gradients[layer - 1][0][j, i] if graded else weight)).replace("-", "−"),
            ha="center",
            va="center",
            fontsize=8.5,
            color=_DELTA if graded else colour,
            fontweight="bold" if graded else "normal",
            bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"},
            zorder=2,
        )


def _neurons(axis: Axes, run: _Run, stage: _Stage, layer: int, m: int) -> None:
    """The activation in the circle, z above it, δ below it, the target beside the last ones."""
    known = layer <= stage.forward
    for i, a in enumerate(run.a[layer][m]):
        x, y = _place(run, layer, i)
        off = known and run.slope(layer)[m, i] == 0 if layer else False
        face = _OFF if off else _ON if known else _EMPTY
        axis.add_patch(Circle((x, y), _RADIUS, facecolor=face, edgecolor=_FAINT, linewidth=1.2, zorder=3))
        if known:
            axis.text(x, y, _minus(a), ha="center", va="center", fontsize=11, color=_INK, zorder=4)
        if known and layer:
            _beside(axis, x, y + _RADIUS + 0.16, f"z = {_minus(run.z[layer][m, i])}", _FAINT)
        if layer >= stage.back:
            _beside(axis, x, y - _RADIUS - 0.17, f"δ = {_minus(run.delta[layer][m, i])}", _DELTA)
        if layer == run.depth:
            axis.text(x + 0.62, y, f"y = {_minus(run.y[m, i])}", ha="left", va="center", fontsize=10, color=_FAINT)
    if layer == run.depth and stage.back <= layer:
        cost = 0.5 * float(np.sum((run.a[layer][m] - run.y[m]) ** 2))
        axis.text(_APART * layer + 0.62, 0, f"$C_{m + 1}$ = {cost:g}", ha="left", va="center", fontsize=11, color=_INK)


def _beside(axis: Axes, x: float, y: float, text: str, colour: str) -> None:
    box: dict[str, Any] = {"boxstyle": "round,pad=0.08", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    axis.text(x, y, text, ha="center", va="center", fontsize=9, color=colour, bbox=box, zorder=4)


def _n(value: float, brackets: bool = False) -> str:
    """A number to three digits; a negative one in brackets, if it follows a sign."""
    text = f"{value + 0:.3g}"
    return f"({text})" if brackets and value < 0 else text


def _minus(value: float) -> str:
    return _n(value).replace("-", "−")
