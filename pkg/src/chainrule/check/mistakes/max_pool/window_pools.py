"""Mistakes with max and average pooling over windows, forward and backward (notes, section 4, "max pool layer")."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.convolution.multichannel import TEXTS as CONVOLUTION
from chainrule.check.mistakes.max_pool.unit_pools import TEXTS as POOLS
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Pair = tuple[int, int]

TEXTS: Mapping[str, str] = {
    **CONVOLUTION,
    **POOLS,
    "window-for-stride": N_("the windows step by their own size; they must step by the stride"),
    "stride-for-window": N_("the windows are as large as the stride; their size is the argument size"),
    "sizes-swapped": N_("height and width of the window are exchanged: size is (vertical, horizontal)"),
    "one-size": N_("one size is used for both axes of the window"),
    "over-channels": N_("the window runs over the channels, too; each channel is pooled by itself"),
    "zeros-at-the-border": N_("zeros from outside of the image take part; only windows that fit entirely count"),
    "winner-in-the-image": N_("this is the winner's index in the image; its index in the window is r · S + s"),
    "winner-column-major": N_("this index counts down the columns of the window; row by row it is r · S + s"),
    "winner-times-height": N_("a row of the window has S entries, not R: the index is r · S + s"),
    "winner-from-1": N_("the winner's index must count from 0"),
    "winner-ignored": N_("winner is not used: every δ goes to the first pixel of its window"),
    "winner-taken-for-image": N_("winner is an index in the window; here it is used as an index in the image"),
    "unravelled-by-height": N_("a row of the window has S entries, not R: r, s = divmod(winner, S)"),
    "unravelled-by-columns": N_("winner counts along the rows of the window: r, s = divmod(winner, S)"),
    "r-and-s-exchanged": N_("row and column of the winner are exchanged: r, s = divmod(winner, S)"),
    "winners-of-image-0": N_("the winners of the first image are taken for all images"),
    "pixel-overwritten": N_("a pixel in several windows keeps the last δ only; its δ add up (+=)"),
    "whole-window": N_("δ goes to every pixel of the window; only the winner gets it"),
    "channels-added": N_("the δ of all channels are added up; each channel is pooled by itself"),
    "not-divided": N_("the values are added up, but not divided by the number R · S of pixels in a window"),
    "divided-by-height": N_("this divides by R only; a window has R · S pixels"),
    "divided-by-square": N_("this divides by R²; a window has R · S pixels"),
    "divided-by-strides": N_("this divides by the product of the strides; a window has R · S pixels"),
    "divided-by-image": N_("this divides by the number of pixels of the image; a window has R · S"),
    "maximum-for-mean": N_("this is the maximum; the mean is meant"),
    "median-for-mean": N_("this is the median; the mean is meant"),
    "share-not-spread": N_("each window's share is right, but only its first pixel gets it; all R · S pixels do"),
    "divided-twice": N_("it is divided by R · S twice"),
    "whole-to-first": N_("δ goes to the first pixel of the window; all R · S pixels get an equal share"),
}


def _windows(x: Array, size: Any, stride: Any) -> Array:
    """(M, P, Q, C, R, S)."""
    return np.lib.stride_tricks.sliding_window_view(x, tuple(size), axis=(1, 2))[:, :: stride[0], :: stride[1]]


def _max(x: Array, size: Any, stride: Any) -> dict[str, Array]:
    flat = _windows(x, size, stride).reshape(*_windows(x, size, stride).shape[:4], -1)
    return {"out": flat.max(axis=-1), "winner": flat.argmax(axis=-1)}


def _mean(x: Array, size: Any, stride: Any) -> Array:
    return np.asarray(_windows(x, size, stride).mean(axis=(4, 5)))


def _steps(x: Array, size: Any, stride: Any) -> tuple[Array, Array, Array, Array]:
    """Row and column of each winner in its window, and of the window in the image."""
    r, s = np.divmod(_max(x, size, stride)["winner"], size[1])
    P, Q = r.shape[1:3]
    return r, s, stride[0] * np.arange(P)[:, None, None], stride[1] * np.arange(Q)[None, :, None]


def _in_image(x: Array, size: Any, stride: Any) -> Array:
    r, s, top, left = _steps(x, size, stride)
    return np.asarray((top + r) * x.shape[2] + left + s)


def _last_winner(x: Array, size: Any, stride: Any) -> Array:
    flat = _windows(x, size, stride).reshape(*_windows(x, size, stride).shape[:4], -1)
    return np.asarray(size[0] * size[1] - 1 - flat[..., ::-1].argmax(axis=-1))


def _filled_up(x: Array, size: Any, stride: Any, filling: float) -> Array:
    """With room for a last step that does not fit."""
    extra = [-(n - k) % s for n, k, s in zip(x.shape[1:3], size, stride, strict=True)]
    return np.pad(x, ((0, 0), (0, extra[0]), (0, extra[1]), (0, 0)), constant_values=filling)


def _first_image(array: Array) -> Array:
    kept = np.zeros_like(array)
    kept[0] = array[0]
    return kept


def _place(parts: Array, r: Array, s: Array, shape: Any, stride: Any, *, overwrite: bool = False) -> Array:
    """parts (M, P, Q, C), each laid down at (r, s) of its window."""
    dx = np.zeros(shape)
    for m, p, q, c in np.ndindex(parts.shape):
        at = m, p * stride[0] + r[m, p, q, c], q * stride[1] + s[m, p, q, c], c
        dx[at] = parts[m, p, q, c] + (0 if overwrite else dx[at])
    return dx


def _unpooled(delta: Array, winner: Array, shape: Any, size: Any, stride: Any, **how: Any) -> Array:
    return _place(delta, *np.divmod(winner, size[1]), shape, stride, **how)


def _spread(delta: Array, shape: Any, size: Any, stride: Any, *, overwrite: bool = False) -> Array:
    """Each number of delta on every pixel of its window."""
    dx = np.zeros(shape)
    for p, q in np.ndindex(delta.shape[1:3]):
        i, j = p * stride[0], q * stride[1]
        window = dx[:, i : i + size[0], j : j + size[1]]
        window[...] = delta[:, p : p + 1, q : q + 1] + (0 if overwrite else window)
    return dx


def _covered(delta: Array, shape: Any, size: Any, stride: Any) -> Array:
    return np.maximum(_spread(np.ones_like(delta), shape, size, stride), 1)


def _area(size: Any) -> int:
    return int(size[0] * size[1])


def _of_windows(pool: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Mistakes with sizes and strides that max and average pooling share."""
    return {
        "stride-ignored": lambda x, size, stride: pool(x, size, (1, 1)),
        "strides-swapped": lambda x, size, stride: pool(x, size, stride[::-1]),
        "one-stride": lambda x, size, stride: pool(x, size, (stride[0], stride[0])),
        "window-for-stride": lambda x, size, stride: pool(x, size, size),
        "stride-for-window": lambda x, size, stride: pool(x, stride, stride),
        "sizes-swapped": lambda x, size, stride: pool(x, size[::-1], stride),
        "one-size": lambda x, size, stride: pool(x, (size[0], size[0]), stride),
    }


def _of_steps(back: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Mistakes with strides on the way back; `back` takes what stands before and after the stride as it comes."""
    return {
        "stride-ignored": lambda *args: back(*args[:-1], (1, 1)),
        "strides-swapped": lambda *args: back(*args[:-1], args[-1][::-1]),
        "one-stride": lambda *args: back(*args[:-1], (args[-1][0], args[-1][0])),
        "window-for-stride": lambda *args: back(*args[:-1], args[-2]),
        "divided-by-M": lambda delta, *rest: back(delta / len(delta), *rest),
        "upstream-ignored": lambda delta, *rest: back(np.ones_like(delta), *rest),
        "first-sample-only": lambda *args: _first_image(back(*args)),
        "channels-added": lambda delta, *rest: back(
            np.broadcast_to(delta.sum(axis=3, keepdims=True), delta.shape), *rest
        ),
    }


def _averaged_back(delta: Array, shape: Any, size: Any, stride: Any) -> Array:
    return _spread(delta, shape, size, stride) / _area(size)


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "max_pool": {
        **_of_windows(_max),
        "minimum": lambda x, size, stride: {"out": -_max(-x, size, stride)["out"]},
        "mean-for-maximum": lambda x, size, stride: {"out": _mean(x, size, stride)},
        "maximum-from-0": lambda x, size, stride: {"out": np.maximum(_max(x, size, stride)["out"], 0)},
        "absolute-values": lambda x, size, stride: _max(np.abs(x), size, stride),
        "over-channels": lambda x, size, stride: {
            "out": np.broadcast_to(
                _max(x, size, stride)["out"].max(axis=3, keepdims=True), _max(x, size, stride)["out"].shape
            )
        },
        "rounded-up": lambda x, size, stride: _max(_filled_up(x, size, stride, -np.inf), size, stride),
        "first-sample-only": lambda x, size, stride: {
            name: _first_image(value) for name, value in _max(x, size, stride).items()
        },
        "winner-in-the-image": lambda x, size, stride: {"winner": _in_image(x, size, stride)},
        "winner-column-major": lambda x, size, stride: {
            "winner": _steps(x, size, stride)[1] * size[0] + _steps(x, size, stride)[0]
        },
        "winner-times-height": lambda x, size, stride: {
            "winner": _steps(x, size, stride)[0] * size[0] + _steps(x, size, stride)[1]
        },
        "last-of-a-tie": lambda x, size, stride: {"winner": _last_winner(x, size, stride)},
        "winner-from-1": lambda x, size, stride: {"winner": _max(x, size, stride)["winner"] + 1},
    },
    "max_pool_backward": {
        **_of_steps(_unpooled),
        "pixel-overwritten": lambda *args: _unpooled(*args, overwrite=True),
        "unravelled-by-height": lambda delta, winner, shape, size, stride: _place(
            delta, winner // size[0], winner % size[0], shape, stride
        ),
        "unravelled-by-columns": lambda delta, winner, shape, size, stride: _place(
            delta, winner % size[0], winner // size[0], shape, stride
        ),
        "r-and-s-exchanged": lambda delta, winner, shape, size, stride: _place(
            delta, winner % size[1], winner // size[1], shape, stride
        ),
        "whole-window": lambda delta, winner, *rest: _spread(delta, *rest),
        "spread-evenly": lambda delta, winner, *rest: _averaged_back(delta, *rest),
        "winner-ignored": lambda delta, winner, *rest: _unpooled(delta, 0 * winner, *rest),
        "winner-taken-for-image": lambda delta, winner, shape, size, stride: _place(
            delta, winner // shape[2], winner % shape[2], shape, (0, 0)
        ),
        "winners-of-image-0": lambda delta, winner, *rest: _unpooled(
            delta, np.broadcast_to(winner[:1], winner.shape), *rest
        ),
    },
    "average_pool": {
        **_of_windows(_mean),
        "not-divided": lambda x, size, stride: _mean(x, size, stride) * _area(size),
        "divided-by-height": lambda x, size, stride: _mean(x, size, stride) * size[1],
        "divided-by-square": lambda x, size, stride: _mean(x, size, stride) * size[1] / size[0],
        "divided-by-strides": lambda x, size, stride: _mean(x, size, stride) * _area(size) / _area(stride),
        "divided-by-image": lambda x, size, stride: _mean(x, size, stride) * _area(size) / _area(x.shape[1:3]),
        "divided-twice": lambda x, size, stride: _mean(x, size, stride) / _area(size),
        "maximum-for-mean": lambda x, size, stride: _max(x, size, stride)["out"],
        "median-for-mean": lambda x, size, stride: np.median(_windows(x, size, stride), axis=(4, 5)),
        "over-channels": lambda x, size, stride: np.broadcast_to(
            _mean(x, size, stride).mean(axis=3, keepdims=True), _mean(x, size, stride).shape
        ),
        "zeros-at-the-border": lambda x, size, stride: _mean(_filled_up(x, size, stride, 0.0), size, stride),
        "first-sample-only": lambda x, size, stride: _first_image(_mean(x, size, stride)),
    },
    "average_pool_backward": {
        **_of_steps(_averaged_back),
        "not-divided": _spread,
        "pixel-overwritten": lambda delta, shape, size, stride: (
            _spread(delta, shape, size, stride, overwrite=True) / _area(size)
        ),
        "overlap-averaged": lambda *args: _spread(*args) / _covered(*args) / _area(args[2]),
        "divided-by-height": lambda delta, shape, size, stride: _spread(delta, shape, size, stride) / size[0],
        "divided-by-square": lambda delta, shape, size, stride: _spread(delta, shape, size, stride) / size[0] ** 2,
        "divided-by-strides": lambda delta, shape, size, stride: _spread(delta, shape, size, stride) / _area(stride),
        "divided-by-image": lambda delta, shape, size, stride: _spread(delta, shape, size, stride) / _area(shape[1:3]),
        "sizes-swapped": lambda delta, shape, size, stride: _averaged_back(delta, shape, size[::-1], stride),
        "one-size": lambda delta, shape, size, stride: _averaged_back(delta, shape, (size[0], size[0]), stride),
        "whole-to-first": lambda delta, shape, size, stride: _spread(delta, shape, (1, 1), stride),
        "share-not-spread": lambda delta, shape, size, stride: _spread(delta, shape, (1, 1), stride) / _area(size),
    },
}
