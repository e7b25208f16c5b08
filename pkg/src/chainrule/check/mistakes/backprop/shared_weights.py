"""Mistakes with convolutions as layers with shared weights, and with their gradients (notes, section 4)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.convolution.multichannel import TEXTS as CONVOLUTION
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Values = dict[str, Any]
Connection = tuple[int, int, int, int]

TEXTS: Mapping[str, str] = {
    **CONVOLUTION,
    "matrix-transposed": N_("this is the transpose: a row of W belongs to a pixel of the image, a column to a result"),
    "pixels-by-columns": N_("the image's pixels are numbered down the columns; number them along the rows"),
    "results-by-columns": N_("the results are numbered down the columns; number them along the rows, i = p Q + q"),
    "height-for-width": N_(
        "the number of a pixel is row times width plus column; here the height stands for the width"
    ),
    "rows-run-on": N_("at the end of a row the window must jump to the next one, by S pixels instead of 1"),
    "ones-for-weights": N_("every connection has the weight 1; it must be its entry of omega"),
    "first-window-only": N_("only the first window is connected"),
    "connections-averaged": N_("the connections' gradients are averaged; a shared weight gets their sum"),
    "first-connection-only": N_("only the first connection of each weight is counted; add them all up"),
    "last-connection-only": N_(
        "only the last connection of each weight survives: add up (+=) instead of replacing (=)"
    ),
    "first-row-of-windows": N_("only the windows of the first row are counted"),
    "gradient-flipped": N_("the gradient is turned round by 180°: it must lie like the filter, which is not flipped"),
    "connections-absolute": N_("the sign of each connection's gradient is lost"),
    "overwritten-windows": N_("in dx, where windows overlap the last one wins; add them up (+=)"),
    "overwritten-taps": N_("in dx, a pixel keeps the last contribution only; add them up (+=)"),
    "dx-filter-flipped": N_("in dx the filter is turned round by 180°; each window gets its filter back as it is"),
    "dx-filter-transposed": N_("in dx, height and width of the filter are exchanged"),
    "dx-channels-swapped": N_(
        "in dx the filter's last two axes are exchanged: add up over the maps K, not the channels C"
    ),
    "dx-averaged": N_("in dx the contributions of overlapping windows are averaged; they add up"),
    "dx-first-sample": N_("dx is filled for the first image only"),
    "dw-flipped": N_("dw is turned round by 180°"),
    "dw-last-window": N_("dw keeps the last window only; add up over all positions (+=)"),
    "dw-last-sample": N_("dw keeps the last image only; add up over the batch (+=)"),
    "dw-first-sample": N_("dw is made from the first image only; add up over the batch"),
    "dw-first-channel": N_("every channel of dw is made from the first channel of x"),
    "sums-divided-by-M": N_(
        "dw and db are divided by M; the sum over the batch is meant, a 1/M of the cost is in delta"
    ),
    "windows-averaged": N_("dw is a mean over the positions; a shared weight gets the sum"),
    "leftover-lost": N_("dx must have the shape of x: pixels that no window met belong to it, with gradient 0"),
    "delta-not-used": N_("delta is not used"),
    "db-averaged": N_("db is a mean; a shared bias gets the sum over batch and positions"),
    "db-of-first-sample": N_("db is made from the first image only; add up over the batch"),
    "one-bias": N_("there is one bias for each feature map, not one for all of them"),
    "bias-for-each-channel": N_("biases belong to the feature maps, one for each of the K, not to the input channels"),
    "bias-for-each-weight": N_("every weight is counted with a bias of its own; a feature map has one"),
    "bias-for-each-pair": N_("a bias is counted for each pair of channel and map; a feature map has one"),
    "biases-forgotten": N_("the biases are missing: one for each feature map"),
    "channels-forgotten": N_("a filter has R · S weights for each input channel"),
    "maps-forgotten": N_("this counts one feature map; there are K of them"),
    "square-filter": N_("the filter need not be square: R · S weights, not R²"),
    "added-not-multiplied": N_("a filter has R · S · C weights: multiply, don't add"),
}


def _connections(R: int, S: int, height: int, width: int) -> Iterator[tuple[int, int, int, int, int, int]]:
    """(p, q, r, s, j, i) of every connection, numbered along the rows."""
    P, Q = height - R + 1, width - S + 1
    for p, q, r, s in np.ndindex(P, Q, R, S):
        yield p, q, r, s, (p + r) * width + q + s, p * Q + q


def _matrix(
    omega: Array, height: int, width: int, j: Callable[..., int] | None = None, i: Callable[..., int] | None = None
) -> Array:
    """The dense W, with another numbering of pixels (of row, column) or of results (of p, q)."""
    R, S = omega.shape
    W = np.zeros((height * width, (height - R + 1) * (width - S + 1)))
    for p, q, r, s, row, column in _connections(R, S, height, width):
        W[row if j is None else j(p + r, q + s), column if i is None else i(p, q)] = omega[r, s]
    return W


def _running_on(omega: Array, height: int, width: int) -> Array:
    """Result i begins at pixel i, as if rows had no ends."""
    W = _matrix(omega, height, width)
    run = np.zeros_like(W)
    for i in range(W.shape[1]):
        for (r, s), weight in np.ndenumerate(omega):
            run[i + r * width + s, i] = weight
    return run


def _one_window(omega: Array, height: int, width: int) -> Array:
    W = _matrix(omega, height, width)
    W[:, 1:] = 0
    return W


def _summed(dW: Array, R: int, S: int, height: int, width: int, by: Any = None, keep: Any = None) -> Array:
    """Sum along the connections, with the result's pixels in another order, or only the connections to keep."""
    domega = np.zeros((R, S))
    for p, q, r, s, j, i in _connections(R, S, height, width):
        if keep is None or keep(p, q):
            domega[r, s] += dW[j, i if by is None else by(p, q)]
    return domega


def _backward(delta: Array, x: Array, w: Array, stride: Any, *, w_dx: Array | None = None) -> Values:
    """All three gradients, dx perhaps with another filter; a stride that leads out of x is an error."""
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    P, Q = delta.shape[1:3]
    for p, q in np.ndindex(P, Q):
        i, j = p * stride[0], q * stride[1]
        at = (slice(None), slice(i, i + len(w)), slice(j, j + w.shape[1]))
        dx[at] += np.einsum("mk,rsck->mrsc", delta[:, p, q], w if w_dx is None else w_dx)
        dw += np.einsum("mk,mrsc->rsck", delta[:, p, q], x[at])
    return {"dx": dx, "dw": dw, "db": delta.sum(axis=(0, 1, 2))}


def _last_window(delta: Array, x: Array, w: Array, stride: Any) -> Array:
    dx = np.zeros(x.shape)
    for p, q in np.ndindex(*delta.shape[1:3]):
        i, j = p * stride[0], q * stride[1]
        dx[:, i : i + len(w), j : j + w.shape[1]] = np.einsum("mk,rsck->mrsc", delta[:, p, q], w)
    return dx


def _last_tap(delta: Array, x: Array, w: Array, stride: Any) -> Array:
    dx = np.zeros(x.shape)
    P, Q = delta.shape[1:3]
    for r, s in np.ndindex(w.shape[:2]):
        rows = slice(r, r + (P - 1) * stride[0] + 1, stride[0])
        columns = slice(s, s + (Q - 1) * stride[1] + 1, stride[1])
        dx[:, rows, columns] = delta @ w[r, s].T
    return dx


def _met(delta: Array, x: Array, w: Array, stride: Any) -> Array:
    """How many windows met each pixel, at least 1."""
    ones = _backward(np.ones_like(delta[..., :1]), x[..., :1], np.ones_like(w[:, :, :1, :1]), stride)
    return np.asarray(np.maximum(ones["dx"], 1))


def _of_samples(delta: Array, x: Array, w: Array, stride: Any, which: slice) -> Values:
    return _backward(delta[which], x[which], w, stride)


def _covered(delta: Array, x: Array, w: Array, stride: Any) -> Array:
    """The part of dx that windows met."""
    P, Q = delta.shape[1:3]
    dx = _backward(delta, x, w, stride)["dx"]
    return np.asarray(dx[:, : (P - 1) * stride[0] + len(w), : (Q - 1) * stride[1] + w.shape[1]])


def _dw(delta: Array, x: Array, w: Array, stride: Any) -> Array:
    return np.asarray(_backward(delta, x, w, stride)["dw"])


def _last_position(delta: Array) -> Array:
    kept = np.zeros_like(delta)
    kept[:, -1, -1] = delta[:, -1, -1]
    return kept


def _first_channel(delta: Array, x: Array, w: Array, stride: Any) -> Array:
    return np.broadcast_to(_dw(delta, x, w, stride)[:, :, :1], w.shape)


def _dx_first(delta: Array, x: Array, w: Array, stride: Any) -> Array:
    dx = np.array(_backward(delta, x, w, stride)["dx"])
    dx[1:] = 0
    return dx


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "connection_matrix": {
        "matrix-transposed": lambda omega, h, w: _matrix(omega, h, w).T,
        "filter-flipped": lambda omega, h, w: _matrix(omega[::-1, ::-1], h, w),
        "pixels-by-columns": lambda omega, h, w: _matrix(omega, h, w, j=lambda row, column: column * h + row),
        "results-by-columns": lambda omega, h, w: _matrix(omega, h, w, i=lambda p, q: q * (h - len(omega) + 1) + p),
        "height-for-width": lambda omega, h, w: _matrix(omega, h, w, j=lambda row, column: row * h + column),
        "rows-run-on": _running_on,
        "ones-for-weights": lambda omega, h, w: _matrix(np.ones_like(omega), h, w),
        "first-window-only": _one_window,
        "filter-transposed": lambda omega, h, w: _matrix(omega.T, h, w),
    },
    "shared_gradient": {
        "connections-averaged": lambda dW, R, S, h, w: _summed(dW, R, S, h, w) / dW.shape[1],
        "first-connection-only": lambda dW, R, S, h, w: _summed(dW, R, S, h, w, keep=lambda p, q: p == q == 0),
        "last-connection-only": lambda dW, R, S, h, w: _summed(
            dW, R, S, h, w, keep=lambda p, q: (p, q) == (h - R, w - S)
        ),
        "first-row-of-windows": lambda dW, R, S, h, w: _summed(dW, R, S, h, w, keep=lambda p, q: p == 0),
        "gradient-flipped": lambda dW, R, S, h, w: _summed(dW, R, S, h, w)[::-1, ::-1],
        "results-by-columns": lambda dW, R, S, h, w: _summed(dW, R, S, h, w, by=lambda p, q: q * (h - R + 1) + p),
        "pixels-by-columns": lambda dW, R, S, h, w: _summed(
            dW.reshape(w, h, -1).transpose(1, 0, 2).reshape(dW.shape), R, S, h, w
        ),
        "connections-absolute": lambda dW, R, S, h, w: _summed(np.abs(dW), R, S, h, w),
    },
    "conv_backward": {
        "strides-swapped": lambda d, x, w, s: _backward(d, x, w, s[::-1]),
        "stride-ignored": lambda d, x, w, s: _backward(d, x, w, (1, 1)),
        "one-stride": lambda d, x, w, s: _backward(d, x, w, (s[0], s[0])),
        "dx-filter-flipped": lambda d, x, w, s: {"dx": _backward(d, x, w[::-1, ::-1], s)["dx"]},
        "dx-filter-transposed": lambda d, x, w, s: {"dx": _backward(d, x, w.transpose(1, 0, 2, 3), s)["dx"]},
        "dx-channels-swapped": lambda d, x, w, s: {
            "dx": _backward(d, x, w, s, w_dx=w.transpose(0, 1, 3, 2))["dx"],
        },
        "overwritten-windows": lambda d, x, w, s: {"dx": _last_window(d, x, w, s)},
        "overwritten-taps": lambda d, x, w, s: {"dx": _last_tap(d, x, w, s)},
        "dx-averaged": lambda d, x, w, s: {"dx": _backward(d, x, w, s)["dx"] / _met(d, x, w, s)},
        "dx-first-sample": lambda d, x, w, s: {"dx": _dx_first(d, x, w, s)},
        "leftover-lost": lambda d, x, w, s: {"dx": _covered(d, x, w, s)},
        "dw-flipped": lambda d, x, w, s: {"dw": _dw(d, x, w, s)[::-1, ::-1]},
        "dw-last-window": lambda d, x, w, s: {"dw": _dw(_last_position(d), x, w, s)},
        "dw-first-sample": lambda d, x, w, s: {"dw": _of_samples(d, x, w, s, slice(1))["dw"]},
        "dw-last-sample": lambda d, x, w, s: {"dw": _of_samples(d, x, w, s, slice(-1, None))["dw"]},
        "dw-first-channel": lambda d, x, w, s: {"dw": _first_channel(d, x, w, s)},
        "windows-averaged": lambda d, x, w, s: {"dw": _dw(d, x, w, s) / (d.shape[1] * d.shape[2])},
        "sums-divided-by-M": lambda d, x, w, s: {"dw": _dw(d, x, w, s) / len(d), "db": d.sum(axis=(0, 1, 2)) / len(d)},
        "delta-not-used": lambda d, x, w, s: _backward(np.ones_like(d), x, w, s),
        "db-averaged": lambda d, x, w, s: {"db": d.mean(axis=(0, 1, 2))},
        "db-of-first-sample": lambda d, x, w, s: {"db": d[0].sum(axis=(0, 1))},
    },
    "parameter_count": {
        "biases-forgotten": lambda R, S, C, K: R * S * C * K,
        "one-bias": lambda R, S, C, K: R * S * C * K + 1,
        "bias-for-each-channel": lambda R, S, C, K: R * S * C * K + C,
        "bias-for-each-weight": lambda R, S, C, K: 2 * R * S * C * K,
        "bias-for-each-pair": lambda R, S, C, K: (R * S + 1) * C * K,
        "channels-forgotten": lambda R, S, C, K: (R * S + 1) * K,
        "maps-forgotten": lambda R, S, C, K: R * S * C + 1,
        "square-filter": lambda R, S, C, K: (R * R * C + 1) * K,
        "added-not-multiplied": lambda R, S, C, K: (R + S + C + 1) * K,
    },
}
