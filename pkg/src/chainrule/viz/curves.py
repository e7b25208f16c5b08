"""Curves: losses as they fall, the logistic function, and how hard each loss pulls."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from chainrule.viz.canvas import CLASSES, canvas

__all__ = ["curves", "logistic_function", "pull_of_losses"]


def curves(
    series: Mapping[str, Sequence[float]], xlabel: str = "step", ylabel: str = "loss", log: bool = False
) -> Figure:
    """Named series over their index.

    Args:
        series: name and values of each curve.
        xlabel: what the index counts.
        ylabel: what the values are.
        log: logarithmic vertical axis.

    >>> [line.get_label() for line in curves({"train": [2.0, 1.0]}).axes[0].lines]
    ['train']
    """
    figure, axes = canvas()
    axis = axes[0, 0]
    for (name, values), colour in zip(series.items(), CLASSES, strict=False):
        axis.plot(values, color=colour, label=name, linewidth=1.6)
    axis.set(xlabel=xlabel, ylabel=ylabel, yscale="log" if log else "linear")
    if len(series) > 1:
        axis.legend()
    return figure


def logistic_function() -> Figure:
    """The logistic function and its derivative.

    >>> len(logistic_function().axes[0].lines) >= 2
    True
    """
    figure, axes = canvas(size=(4.6, 2.8))
    axis = axes[0, 0]
    z = np.linspace(-8, 8, 401)
    a = 1 / (1 + np.exp(-z))
    axis.plot(z, a, color=CLASSES[0], label=r"$\sigma(z)$", linewidth=1.8)
    axis.plot(z, a * (1 - a), color=CLASSES[1], label=r"$\sigma'(z) = \sigma(z)(1-\sigma(z))$", linewidth=1.8)
    axis.plot([0], [0.5], "o", color=CLASSES[0], markersize=4)
    axis.set(xlabel="$z$", yticks=[0, 0.25, 0.5, 0.75, 1])
    axis.legend(loc="center left", bbox_to_anchor=(0.0, 0.72))
    return figure


def pull_of_losses() -> Figure:
    """Both losses of one example with y = 1 over its score z, and their derivatives.

    >>> len(pull_of_losses().axes)
    2
    """
    figure, axes = canvas(columns=2, size=(3.9, 2.9))
    z = np.linspace(-8, 8, 401)
    a = 1 / (1 + np.exp(-z))
    both = {"squared error": ((1 - a) ** 2, -2 * (1 - a) * a * (1 - a)), "cross entropy": (np.logaddexp(0, -z), a - 1)}
    for (name, (loss, slope)), colour in zip(both.items(), CLASSES, strict=False):
        axes[0, 0].plot(z, loss, color=colour, label=name, linewidth=1.8)
        axes[0, 1].plot(z, slope, color=colour, label=name, linewidth=1.8)
    axes[0, 0].set(title="loss for $y = 1$", xlabel="$z$", ylim=(-0.2, 6))
    axes[0, 1].set(title=r"$\partial L/\partial z$", xlabel="$z$", ylim=(-1.1, 0.2))
    axes[0, 0].legend()
    return figure
