"""Optimisers on their track down: paths over a terrain, and their height step by step."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from chainrule.viz.canvas import CLASSES, canvas
from chainrule.viz.terrain import Terrain, terrain

__all__ = ["race", "ravine_descent"]

Array = NDArray[np.float64]

_GRID = 161  # points on each axis of the contour plot
_FLOOR = 1e-12  # a logarithmic axis has no zero


def race(ground: Terrain, paths: Mapping[str, ArrayLike]) -> Figure:
    """Paths over contour lines, and how far above the lowest place each of them is after each step.

    Args:
        ground: the terrain under the paths.
        paths: by name, (steps + 1, 2) each, the start first; they may differ in length.

    >>> bowl = terrain("bowl")
    >>> figure = race(bowl, {"still": [bowl.start, bowl.start]})
    >>> figure.axes[1].lines[0].get_ydata()
    array([26., 26.])
    """
    figure, axes = canvas(columns=2, size=(4.5, 3.6))
    _contours(axes[0, 0], ground)
    for (name, path), colour in zip(paths.items(), CLASSES, strict=False):
        track = np.asarray(path, np.float64)
        _path(axes[0, 0], track, colour)
        above = np.maximum(ground.height(track) - ground.lowest, _FLOOR)
        axes[0, 1].plot(above, color=colour, label=name, linewidth=1.5)
    axes[0, 0].set(title=ground.name)
    axes[0, 1].set(xlabel="step", title="height above the lowest place", yscale="log")
    _keep_in_view(axes[0, 1])
    if len(paths) > 1:
        axes[0, 1].legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def ravine_descent(eta: float, steps: int) -> Figure:
    """Gradient descent in the ravine, and the share of each coordinate that remains, |1 - η λ|^t.

    Args:
        eta: learning rate.
        steps: number of steps.

    >>> ravine_descent(0.04, steps=3).axes[1].lines[1].get_ydata().round(6)
    array([1., 0., 0., 0.])
    """
    figure, axes = canvas(columns=2, size=(4.5, 3.6))
    ground = terrain("ravine")
    curvatures = ground.slope(np.ones(2))
    t = np.arange(steps + 1)
    remaining = (1 - eta * curvatures) ** t[:, None]
    _contours(axes[0, 0], ground)
    _path(axes[0, 0], remaining * ground.start, CLASSES[1])
    axes[0, 0].set(title=rf"$\eta$ = {eta:.3f}, {steps} steps")
    for j, curvature in enumerate(curvatures):
        factor = 1 - eta * curvature
        label = rf"$\lambda_{j + 1}$ = {curvature:g}:  $1 - \eta\lambda_{j + 1}$ = {factor:.2f}"
        axes[0, 1].plot(np.abs(remaining[:, j]), color=CLASSES[(0, 4)[j]], marker=".", markersize=4, label=label)
    axes[0, 1].set(xlabel="$t$", title=r"$|\theta_j|$ / its value at the start", ylim=(-0.08, 2.6))
    axes[0, 1].legend(loc="upper right")
    return figure


def _contours(axis: Axes, ground: Terrain) -> None:
    left, right, bottom, top = ground.limits
    first, second = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(bottom, top, _GRID))
    # Square roots: evenly spaced levels of a quadratic crowd together on the walls.
    height = np.sqrt(ground.height(np.stack([first, second], axis=-1)) - ground.lowest + 1e-9)
    axis.contourf(first, second, height, levels=22, cmap="Blues_r")
    axis.contour(first, second, height, levels=11, colors="white", linewidths=0.4)
    for place in ground.minima:
        axis.plot(*place, "+", color="white", markersize=11, markeredgewidth=2)
    axis.set(xlim=(left, right), ylim=(bottom, top), xlabel=r"$\theta_1$", ylabel=r"$\theta_2$")
    axis.grid(visible=False)


def _path(axis: Axes, path: Array, colour: str) -> None:
    axis.plot(*path.T, color="white", linewidth=2.8, alpha=0.7)
    axis.plot(*path.T, color=colour, linewidth=1.4, marker=".", markersize=4)
    axis.plot(*path[0], "o", color="white", markeredgecolor="#111827", markersize=7)
    axis.plot(*path[-1], "o", color=colour, markeredgecolor="white", markersize=8, zorder=5)


def _keep_in_view(axis: Axes) -> None:
    """A runaway walk must not squeeze the others into a line."""
    low, high = axis.get_ylim()
    axis.set_ylim(max(low, _FLOOR), min(high, 1e3))
