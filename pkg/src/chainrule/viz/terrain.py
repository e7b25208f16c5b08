"""Terrains for optimisers: functions of two parameters with their slopes, and where a walk begins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ParameterError, explain

__all__ = ["Terrain", "terrain"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Terrain:
    """A function of two parameters.

    `height(theta)` takes (..., 2) and returns (...); `slope(theta)` is its gradient (..., 2). `limits` are the ends of
    both axes, (left, right, bottom, top); `lowest` is the height of the deepest place, `minima` where that is.

    >>> terrain("ravine").slope(np.array([2.0, 1.0]))
    array([ 2., 25.])
    """

    name: str
    height: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    start: Array
    limits: tuple[float, float, float, float]
    lowest: float
    minima: tuple[tuple[float, float], ...]


def _quadratic(name: str, first: float, second: float, start: ArrayLike, reach: tuple[float, float]) -> Terrain:
    curvature = np.array([first, second])
    return Terrain(
        name,
        lambda theta: np.asarray(0.5 * np.sum(curvature * np.square(theta), axis=-1)),
        lambda theta: np.asarray(curvature * theta),
        np.asarray(start, np.float64),
        (-reach[0], reach[0], -reach[1], reach[1]),
        0.0,
        ((0.0, 0.0),),
    )


def _rosenbrock(theta: Array) -> Array:
    u, w = np.moveaxis(np.asarray(theta), -1, 0)
    return np.asarray(((1 - u) ** 2 + 100 * (w - u**2) ** 2) / 50)


def _rosenbrock_slope(theta: Array) -> Array:
    u, w = np.moveaxis(np.asarray(theta), -1, 0)
    return np.asarray(np.stack([-2 * (1 - u) - 400 * u * (w - u**2), 200 * (w - u**2)], axis=-1) / 50)


def _saddle(theta: Array) -> Array:
    u, w = np.moveaxis(np.asarray(theta), -1, 0)
    return np.asarray(u**2 - w**2 / 2 + w**4 / 4)


def _saddle_slope(theta: Array) -> Array:
    u, w = np.moveaxis(np.asarray(theta), -1, 0)
    return np.asarray(np.stack([2 * u, w**3 - w], axis=-1))


_TERRAINS: Mapping[str, Terrain] = {
    "bowl": _quadratic("bowl", 4.0, 4.0, (-3.0, 2.0), (4.0, 3.0)),
    "ravine": _quadratic("ravine", 1.0, 25.0, (-3.0, 1.0), (4.0, 1.6)),
    # A fiftieth of the usual height, so that the rates of the ravine suit it, too.
    "rosenbrock": Terrain(
        "Rosenbrock's valley",
        _rosenbrock,
        _rosenbrock_slope,
        np.array([-1.2, 1.0]),
        (-1.9, 1.9, -0.7, 2.2),
        0.0,
        ((1.0, 1.0),),
    ),
    # The start is 0.01 off the ridge: exactly on it every slope points to the saddle.
    "saddle": Terrain(
        "saddle",
        _saddle,
        _saddle_slope,
        np.array([-1.5, 0.01]),
        (-2.0, 2.0, -1.7, 1.7),
        -0.25,
        ((0.0, -1.0), (0.0, 1.0)),
    ),
}


def terrain(name: str) -> Terrain:
    """The terrain of that name.

    Args:
        name: "bowl", "ravine", "rosenbrock" or "saddle".

    Raises:
        ParameterError: there is no such terrain.

    Source: Rosenbrock (1960), An automatic method for finding the greatest or least value of a function.

    >>> terrain("rosenbrock").height(np.array([1.0, 1.0]))
    array(0.)
    """
    if name not in _TERRAINS:
        raise ParameterError(
            explain("no such terrain", got=name, expected=", ".join(_TERRAINS), fix="use one of these names")
        )
    return _TERRAINS[name]
