"""Mistakes with convolutions of many channels, dilated and transposed ones, and im2col (notes, section 3)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.convolution.filters import TEXTS as FILTERS
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Pair = tuple[int, int]

TEXTS: Mapping[str, str] = {
    **FILTERS,
    "filter-flipped": N_("the filter is turned round by 180°; in a network nothing is flipped"),
    "filter-transposed": N_("height and width of the filter are exchanged: its axes are (R, S, C, K)"),
    "filter-reshaped": N_("reshape does not move axes, it reads the numbers in another order; use transpose"),
    "stride-ignored": N_("the stride is ignored: every position is computed"),
    "strides-swapped": N_("the strides are exchanged: the first is vertical, the second horizontal"),
    "stride-in-size-only": N_("the stride shrinks the result, but the windows do not move by it"),
    "one-stride": N_("one stride is used for both axes"),
    "pad-ignored": N_("the padding is ignored"),
    "paddings-swapped": N_("the paddings are exchanged: the first is vertical, the second horizontal"),
    "bias-left-out": N_("the bias is left out"),
    "bias-along-rows": N_("the bias runs along the rows; it belongs to the last axis, one number for each map"),
    "bias-per-tap": N_("the bias is added once for each entry of the filter; it belongs to the sum, once"),
    "bias-per-channel": N_("the bias is added once for each input channel; it belongs to the sum, once"),
    "one-channel-only": N_("only the first input channel is used; sum over all of them"),
    "channels-averaged": N_("the channels are averaged; a convolution adds them up"),
    "first-map-only": N_("every feature map is made with the first filter"),
    "relu-on-top": N_("negative values are cut off at 0; the ReLU comes after this function, not in it"),
    "dilation-ignored": N_("the dilation is ignored: the filter's entries stand side by side"),
    "dilations-swapped": N_("the dilations are exchanged: the first is vertical, the second horizontal"),
    "one-dilation": N_("one dilation is used for both axes"),
    "dilation-one-more": N_("the gaps are one too wide: neighbouring entries stand d pixels apart, so d - 1 zeros"),
    "stride-for-dilation": N_("this steps over the image; a dilation spreads the filter and still visits every pixel"),
    "input-thinned": N_("the image is thinned out; it is the filter that is spread"),
    "overwritten": N_("where windows overlap the last one wins; add them up (+=)"),
    "overlap-averaged": N_("where windows overlap their contributions are averaged; add them up"),
    "cropped-like-same": N_("the result is P·s by Q·s; the adjoint needs (P - 1)·s + R by (Q - 1)·s + S"),
    "maps-averaged": N_("the maps of y are averaged; add them up"),
    "one-map-only": N_("only the first map of y is used; sum over all of them"),
    "channels-before-taps": N_("the columns are in the order (C, R, S); it must be (R, S, C), the channel fastest"),
    "columns-before-rows": N_("the rows are in the order (m, q, p); it must be (m, p, q), q fastest"),
    "batch-fastest": N_("the rows are in the order (p, q, m); it must be (m, p, q)"),
    "taps-transposed": N_("inside a row, height and width are exchanged: the order is (R, S, C)"),
    "patches-transposed": N_("each patch must be a row, not a column"),
    "window-sides-swapped": N_("R and S are exchanged: R is the window's height"),
}


def _conv(x: Array, w: Array, b: Any = 0.0, stride: Any = (1, 1), pad: Any = (0, 0), dilation: Any = (1, 1)) -> Array:
    """A sum over the filter's entries, nothing flipped."""
    x = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))
    R, S = w.shape[:2]
    P, Q = ((n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(x.shape[1:3], (R, S), stride, dilation, strict=True))
    if min(P, Q) < 1:
        raise ValueError("the filter does not fit")
    z = np.zeros((len(x), P, Q, w.shape[3]))
    for r in range(R):
        for s in range(S):
            top, left = r * dilation[0], s * dilation[1]
            z += (
                x[:, top : top + (P - 1) * stride[0] + 1 : stride[0], left:][
                    :, :, : (Q - 1) * stride[1] + 1 : stride[1]
                ]
                @ w[r, s]
            )
    return np.asarray(z + b)


def _transposed(y: Array, w: Array, stride: Any, *, overwrite: bool = False) -> Array:
    M, P, Q, _ = y.shape
    R, S, C, _ = w.shape
    x = np.zeros((M, (P - 1) * stride[0] + R, (Q - 1) * stride[1] + S, C))
    for p in range(P):
        for q in range(Q):
            part = np.einsum("mk,rsck->mrsc", y[:, p, q], w)
            i, j = p * stride[0], q * stride[1]
            x[:, i : i + R, j : j + S] = part + (0 if overwrite else x[:, i : i + R, j : j + S])
    return x


def _patches(x: Array, R: int, S: int, stride: Any) -> Array:
    """(M, P, Q, R, S, C)."""
    view = np.lib.stride_tricks.sliding_window_view(x, (R, S), axis=(1, 2))
    return view[:, :: stride[0], :: stride[1]].transpose(0, 1, 2, 4, 5, 3)


def _rows(patches: Array, axes: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> Array:
    M, P, Q = patches.shape[:3]
    return patches.transpose(axes).reshape(M * P * Q, -1)


def _neighbours(dense: Array, strided: Array) -> Array:
    return dense[:, : strided.shape[1], : strided.shape[2]]


def _last_tap(w: Array) -> Array:
    kept = np.zeros_like(w)
    kept[-1, -1] = w[-1, -1]
    return kept


def _along_rows(z: Array, b: Array) -> Array:
    return z + np.resize(b, z.shape[1])[:, None, None]


def _only_first(z: Array) -> Array:
    kept = np.zeros_like(z)
    kept[0] = z[0]
    return kept


def _padded(x: Array, before: Any, after: Any, mode: Any = "constant") -> Array:
    return np.pad(x, ((0, 0), (before[0], after[0]), (before[1], after[1]), (0, 0)), mode=mode)


def _of_both(stretch: Callable[..., dict[str, Any]]) -> dict[str, Callable[..., Any]]:
    """Mistakes that `conv2d` and `dilated_conv2d` share; `stretch` names what follows the bias."""
    return {
        "filter-flipped": lambda x, w, b, *rest: _conv(x, w[::-1, ::-1], b, **stretch(*rest)),
        "filter-transposed": lambda x, w, b, *rest: _conv(x, w.transpose(1, 0, 2, 3), b, **stretch(*rest)),
        "filter-reshaped": lambda x, w, b, *rest: _conv(
            x, w.reshape(w.shape[3], *w.shape[:3]).transpose(1, 2, 3, 0), b, **stretch(*rest)
        ),
        "last-tap-only": lambda x, w, b, *rest: _conv(x, _last_tap(w), b, **stretch(*rest)),
        "bias-along-rows": lambda x, w, b, *rest: _along_rows(_conv(x, w, 0.0, **stretch(*rest)), b),
        "bias-left-out": lambda x, w, b, *rest: _conv(x, w, 0.0, **stretch(*rest)),
        "bias-per-tap": lambda x, w, b, *rest: _conv(x, w, b * w.shape[0] * w.shape[1], **stretch(*rest)),
        "bias-per-channel": lambda x, w, b, *rest: _conv(x, w, b * w.shape[2], **stretch(*rest)),
        "one-channel-only": lambda x, w, b, *rest: _conv(x[..., :1], w[:, :, :1], b, **stretch(*rest)),
        "channels-averaged": lambda x, w, b, *rest: b + _conv(x, w, 0.0, **stretch(*rest)) / w.shape[2],
        "first-map-only": lambda x, w, b, *rest: _conv(x, np.broadcast_to(w[..., :1], w.shape), b, **stretch(*rest)),
        "first-sample-only": lambda x, w, b, *rest: _only_first(_conv(x, w, b, **stretch(*rest))),
    }


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "conv2d": {
        "stride-ignored": lambda x, w, b, s, p: _conv(x, w, b, pad=p),
        "strides-swapped": lambda x, w, b, s, p: _conv(x, w, b, s[::-1], p),
        "stride-in-size-only": lambda x, w, b, s, p: _neighbours(_conv(x, w, b, pad=p), _conv(x, w, b, s, p)),
        "relu-on-top": lambda x, w, b, s, p: np.maximum(_conv(x, w, b, s, p), 0),
        "one-stride": lambda x, w, b, s, p: _conv(x, w, b, (s[0], s[0]), p),
        "pad-ignored": lambda x, w, b, s, p: _conv(x, w, b, s),
        "paddings-swapped": lambda x, w, b, s, p: _conv(x, w, b, s, p[::-1]),
        "pad-before-only": lambda x, w, b, s, p: _conv(_padded(x, p, (0, 0)), w, b, s),
        "pad-after-only": lambda x, w, b, s, p: _conv(_padded(x, (0, 0), p), w, b, s),
        "edge-padding": lambda x, w, b, s, p: _conv(_padded(x, p, p, "edge"), w, b, s),
        **_of_both(lambda s, p: {"stride": s, "pad": p}),
    },
    "dilated_conv2d": {
        "dilation-ignored": lambda x, w, b, d: _conv(x, w, b),
        "dilations-swapped": lambda x, w, b, d: _conv(x, w, b, dilation=d[::-1]),
        "one-dilation": lambda x, w, b, d: _conv(x, w, b, dilation=(d[0], d[0])),
        "dilation-one-more": lambda x, w, b, d: _conv(x, w, b, dilation=(d[0] + 1, d[1] + 1)),
        "stride-for-dilation": lambda x, w, b, d: _conv(x, w, b, stride=d),
        "dilated-too-wide": lambda x, w, b, d: _conv(x, w, b, dilation=d)[
            :, : x.shape[1] - d[0] * len(w) + 1, : x.shape[2] - d[1] * w.shape[1] + 1
        ],
        "input-thinned": lambda x, w, b, d: _conv(x[:, :: d[0], :: d[1]], w, b),
        **_of_both(lambda d: {"dilation": d}),
    },
    "transposed_conv2d": {
        "filter-flipped": lambda y, w, s: _transposed(y, w[::-1, ::-1], s),
        "filter-transposed": lambda y, w, s: _transposed(y, w.transpose(1, 0, 2, 3), s),
        "filter-reshaped": lambda y, w, s: _transposed(
            y, w.reshape(*w.shape[:2], w.shape[3], w.shape[2]).transpose(0, 1, 3, 2), s
        ),
        "stride-ignored": lambda y, w, s: _transposed(y, w, (1, 1)),
        "strides-swapped": lambda y, w, s: _transposed(y, w, s[::-1]),
        "one-stride": lambda y, w, s: _transposed(y, w, (s[0], s[0])),
        "overwritten": lambda y, w, s: _transposed(y, w, s, overwrite=True),
        "overlap-averaged": lambda y, w, s: (
            _transposed(y, w, s) / np.maximum(_transposed(np.ones_like(y[..., :1]), np.ones_like(w[..., :1]), s), 1)
        ),
        "cropped-like-same": lambda y, w, s: _transposed(y, w, s)[:, : y.shape[1] * s[0], : y.shape[2] * s[1]],
        "maps-averaged": lambda y, w, s: _transposed(y, w, s) / y.shape[3],
        "one-map-only": lambda y, w, s: _transposed(y[..., :1], w[..., :1], s),
        "first-sample-only": lambda y, w, s: _only_first(_transposed(y, w, s)),
    },
    "im2col": {
        "channels-before-taps": lambda x, R, S, s: _rows(_patches(x, R, S, s), (0, 1, 2, 5, 3, 4)),
        "columns-before-rows": lambda x, R, S, s: _rows(_patches(x, R, S, s), (0, 2, 1, 3, 4, 5)),
        "batch-fastest": lambda x, R, S, s: _rows(_patches(x, R, S, s), (1, 2, 0, 3, 4, 5)),
        "taps-transposed": lambda x, R, S, s: _rows(_patches(x, R, S, s), (0, 1, 2, 4, 3, 5)),
        "patches-transposed": lambda x, R, S, s: _rows(_patches(x, R, S, s)).T,
        "stride-ignored": lambda x, R, S, s: _rows(_patches(x, R, S, (1, 1))),
        "strides-swapped": lambda x, R, S, s: _rows(_patches(x, R, S, s[::-1])),
        "one-stride": lambda x, R, S, s: _rows(_patches(x, R, S, (s[0], s[0]))),
        "window-sides-swapped": lambda x, R, S, s: _rows(_patches(x, S, R, s)),
        "filter-flipped": lambda x, R, S, s: _rows(_patches(x, R, S, s)[:, :, :, ::-1, ::-1]),
        "one-channel-only": lambda x, R, S, s: _rows(_patches(x[..., :1], R, S, s)),
        "first-sample-only": lambda x, R, S, s: _rows(_patches(x[:1], R, S, s)),
    },
}
