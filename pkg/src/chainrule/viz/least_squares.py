"""A line through points: its loss as a landscape over two parameters, and the gradients that mini-batches estimate."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from chainrule.viz.canvas import CLASSES, canvas

__all__ = ["fit_and_surface", "gradient_cloud"]

Array = NDArray[np.float64]

_GRID = 121  # points on each axis of the contour plot
_DRAWS = 400
_SIZES = 12  # batch sizes whose variance is measured
_FEW = 300  # steps up to which each one gets a dot
_RED = "#c2185b"


def fit_and_surface(x: ArrayLike, y: ArrayLike, paths: Mapping[str, ArrayLike]) -> Figure:
    """Points with the line each path ends at, and the paths over the contour lines of the mean loss.

    Args:
        x: (N, 2), rows (1, u).
        y: (N,).
        paths: by name, (steps + 1, 2) positions (θ₀, θ₁), the start first.

    >>> figure = fit_and_surface([[1.0, 0.0], [1.0, 1.0]], [1.0, 3.0], {"one": [[0.0, 0.0], [1.0, 2.0]]})
    >>> figure.axes[0].lines[0].get_ydata()
    array([1., 3.])
    """
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    figure, axes = canvas(columns=2, size=(4.2, 3.6))
    axes[0, 0].scatter(x[:, 1], y, s=5, color="#9ca3af", alpha=0.6, linewidth=0)
    ends = np.array([x[:, 1].min(), x[:, 1].max()])
    tracks = {name: np.asarray(path, np.float64) for name, path in paths.items()}
    _surface(axes[0, 1], x, y, np.concatenate(list(tracks.values())))
    for (name, track), colour in zip(tracks.items(), _colours(len(tracks)), strict=False):
        axes[0, 0].plot(ends, track[-1, 0] + track[-1, 1] * ends, color=colour, linewidth=1.8, label=name)
        dots = {"marker": "."} if len(track) <= _FEW else {}
        axes[0, 1].plot(*track.T, color=colour, linewidth=1.1 if dots else 0.5, markersize=3, label=name, **dots)
        axes[0, 1].plot(*track[-1], "o", color=colour, markeredgecolor="white", markersize=8, zorder=5)
    begin = next(iter(tracks.values()))[0]
    axes[0, 1].plot(*begin, "o", color="white", markeredgecolor="#111827", markersize=8, zorder=5)
    axes[0, 0].set(xlabel="$u$", ylabel="$y$", title=r"$y = \theta_0 + \theta_1 u$")
    axes[0, 1].set(xlabel=r"$\theta_0$", ylabel=r"$\theta_1$", title=r"$S_\theta$")
    if len(tracks) > 1:
        axes[0, 0].legend(loc="upper left")
    return figure


def gradient_cloud(x: ArrayLike, y: ArrayLike, theta: ArrayLike, M: int, draws: int = _DRAWS) -> Figure:
    """Gradients of random mini-batches of M rows around the full gradient, and their variance for every M.

    Args:
        x: (N, 2).
        y: (N,).
        theta: (2,), where the gradients are taken.
        M: rows in a batch, drawn without replacement.
        draws: number of mini-batches.

    >>> x = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    >>> cloud = gradient_cloud(x, [0.0, 1.0, 5.0], [0.0, 0.0], M=3, draws=5).axes[0].collections[0]
    >>> np.asarray(cloud.get_offsets()).round(6).tolist()[0]
    [-2.0, -3.666667]
    """
    x, y, theta = np.asarray(x, np.float64), np.asarray(y, np.float64), np.asarray(theta, np.float64)
    rows = (x @ theta - y)[:, None] * x
    rng = np.random.default_rng(0)
    N = len(rows)
    means = _running_means(rng, rows, draws)
    figure, axes = canvas(columns=2, size=(4.2, 3.6))
    _cloud(axes[0, 0], means[:, M - 1], rows)
    scatter = float(rows.var(axis=0).sum())
    line = np.arange(1, N)
    axes[0, 1].plot(line, scatter / line, "--", color="#9ca3af", linewidth=1.2, label=r"$\sigma^2/M$")
    axes[0, 1].plot(
        line,
        scatter / line * (N - line) / (N - 1),
        color=CLASSES[0],
        label=r"$\frac{\sigma^2}{M}\cdot\frac{N-M}{N-1}$",
    )
    sizes = np.unique(np.geomspace(1, N - 1, _SIZES).astype(int))
    measured = means[:, sizes - 1].var(axis=0).sum(axis=1)
    axes[0, 1].plot(sizes, measured, "o", color=CLASSES[0], markersize=4, label="measured")
    axes[0, 1].axvline(M, color=_RED, linewidth=1.2)
    axes[0, 1].set(xscale="log", yscale="log", xlabel="$M$", title=r"$\mathrm{Var}[\mathbf{g}]$")
    axes[0, 1].set_ylim(scatter / N / 20, scatter * 3)
    axes[0, 1].legend(loc="lower left")
    return figure


def _running_means(rng: np.random.Generator, rows: Array, draws: int) -> Array:
    """Means of the first 1, 2 … N rows of random orders, (draws, N, 2): mini-batches drawn without replacement."""
    order = rng.random((draws, len(rows))).argsort(axis=1)
    return np.asarray(rows[order].cumsum(axis=1) / np.arange(1, len(rows) + 1)[:, None])


def _cloud(axis: Axes, estimates: Array, rows: Array) -> None:
    full = rows.mean(axis=0)
    axis.scatter(estimates[:, 0], estimates[:, 1], s=9, color=CLASSES[0], alpha=0.35, linewidth=0)
    axis.annotate("", xy=full, xytext=(0, 0), arrowprops={"arrowstyle": "->", "color": _RED, "linewidth": 1.8})
    axis.plot(*full, "o", color=_RED, markeredgecolor="white", markersize=8, label=r"$\nabla S$")
    axis.plot(*estimates.mean(axis=0), "+", color="#111827", markersize=10, markeredgewidth=1.6, label="mean of dots")
    # The view is that of single rows, so that a cloud is seen to shrink.
    reach = 2.5 * np.sqrt(rows.var(axis=0).max())
    axis.set(xlim=(full[0] - reach, full[0] + reach), ylim=(full[1] - reach, full[1] + reach))
    axis.set(xlabel=r"$g_0$", ylabel=r"$g_1$", title=f"{len(estimates)} mini-batches")
    axis.axhline(0, color="#9ca3af", linewidth=0.8, zorder=0)
    axis.axvline(0, color="#9ca3af", linewidth=0.8, zorder=0)
    axis.legend(loc="upper left")


def _surface(axis: Axes, x: Array, y: Array, around: Array) -> None:
    best = np.linalg.lstsq(x, y)[0]
    seen = np.vstack([around, best])
    low, high = seen.min(axis=0), seen.max(axis=0)
    margin = 0.15 * float((high - low).max())
    first, second = (np.linspace(a - margin, b + margin, _GRID) for a, b in zip(low, high, strict=True))
    theta = np.stack(np.meshgrid(first, second), axis=-1)
    error = theta - best
    # S is a quadratic function, known by its value and curvature at the bottom.
    height = np.mean((x @ best - y) ** 2) / 2 + np.einsum("...i,ij,...j", error, x.T @ x / len(y), error) / 2
    levels = np.sqrt(height - height.min() + 1e-9)
    axis.contourf(first, second, levels, levels=22, cmap="Blues_r")
    axis.contour(first, second, levels, levels=11, colors="white", linewidths=0.4)
    axis.plot(*best, "+", color="white", markersize=12, markeredgewidth=2)
    axis.set_aspect("equal")
    axis.grid(visible=False)


def _colours(count: int) -> tuple[str, ...]:
    """One path in orange; several in the order of the palette, which begins with the blue of the ground."""
    return (CLASSES[1],) if count == 1 else (CLASSES[1], CLASSES[4], CLASSES[9])
