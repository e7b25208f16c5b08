"""Two-dimensional toy sets: points in the plane with class labels, drawn from the caller's Generator."""

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import DataError, explain

__all__ = ["blobs", "moons", "rings", "spiral"]

Points = tuple[NDArray[np.float64], NDArray[np.int64]]


def blobs(rng: np.random.Generator, M: int = 200, K: int = 2, spread: float = 0.6) -> Points:
    """Round clouds whose centres stand evenly on a circle of radius 2; two of them are linearly separable.

    Args:
        rng: where the random numbers come from.
        M: number of points.
        K: number of classes.
        spread: standard deviation of a cloud.

    Returns:
        x (M, 2) float64; y (M,) int64 in [0, K), as even as M allows.

    Raises:
        DataError: M or K below 1, or a negative spread.

    >>> x, y = blobs(np.random.default_rng(0), M=6, K=3)
    >>> x.shape, sorted(y.tolist())
    ((6, 2), [0, 0, 1, 1, 2, 2])
    """
    y = _labels(rng, M, K, spread)
    angle = 2 * np.pi * y / K + np.pi / 6
    x = 2 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return x + spread * rng.standard_normal((M, 2)), y


def moons(rng: np.random.Generator, M: int = 200, noise: float = 0.15) -> Points:
    """Two half circles that hook into each other: no straight line parts them.

    Args:
        rng: where the random numbers come from.
        M: number of points.
        noise: standard deviation added to both coordinates.

    Returns:
        x (M, 2) float64; y (M,) int64, 0 for the upper moon and 1 for the lower.

    Raises:
        DataError: M below 1 or a negative noise.

    >>> moons(np.random.default_rng(0), M=4, noise=0.0)[0].shape
    (4, 2)
    """
    y = _labels(rng, M, 2, noise)
    angle = np.pi * rng.random(M)
    side = 1 - 2 * y
    x = np.stack([side * np.cos(angle) - 0.5 * side, side * np.sin(angle) - 0.25 * side], axis=1)
    return x + noise * rng.standard_normal((M, 2)), y


def rings(rng: np.random.Generator, M: int = 200, K: int = 2, noise: float = 0.1) -> Points:
    """Concentric rings of radius 1, 2, ..., K.

    Args:
        rng: where the random numbers come from.
        M: number of points.
        K: number of rings.
        noise: standard deviation added to both coordinates.

    Returns:
        x (M, 2) float64; y (M,) int64, the innermost ring is 0.

    Raises:
        DataError: M or K below 1, or a negative noise.

    >>> x, y = rings(np.random.default_rng(0), M=5, noise=0.0)
    >>> bool(np.allclose(np.hypot(*x.T), y + 1))
    True
    """
    y = _labels(rng, M, K, noise)
    angle = 2 * np.pi * rng.random(M)
    x = (y + 1)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return x + noise * rng.standard_normal((M, 2)), y


def spiral(rng: np.random.Generator, M: int = 300, K: int = 3, noise: float = 0.05) -> Points:
    """Arms that wind around each other three quarters of a turn, from radius 0.2 to 2.

    Args:
        rng: where the random numbers come from.
        M: number of points.
        K: number of arms.
        noise: standard deviation added to both coordinates.

    Returns:
        x (M, 2) float64; y (M,) int64 in [0, K).

    Raises:
        DataError: M or K below 1, or a negative noise.

    >>> x, y = spiral(np.random.default_rng(0), M=9)
    >>> x.shape, sorted(set(y.tolist()))
    ((9, 2), [0, 1, 2])
    """
    y = _labels(rng, M, K, noise)
    along = rng.random(M)
    angle = 2 * np.pi * y / K + 1.5 * np.pi * along
    x = (0.2 + 1.8 * along)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return x + noise * rng.standard_normal((M, 2)), y


def _labels(rng: np.random.Generator, M: int, K: int, spread: float) -> NDArray[np.int64]:
    """M labels, as even as possible, shuffled."""
    if M < 1 or K < 1 or spread < 0:
        raise DataError(
            explain(
                "a toy set cannot be drawn",
                got=f"M = {M}, K = {K}, spread {spread}",
                expected="M and K of at least 1 and a spread of at least 0",
                fix="ask for more points, or less noise",
            )
        )
    return rng.permutation(np.arange(M) % K).astype(np.int64)
