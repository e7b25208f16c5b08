"""Mistakes with tf.nn.conv2d, its way back, and tf.nn.max_pool2d (notes, section 4, the comparison with TensorFlow)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.mistakes.convolution.multichannel import TEXTS as CONVOLUTION
from chainrule.check.mistakes.tf_conv.layouts import TEXTS as LAYOUTS
from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Four = Sequence[int]
Sides = tuple[int, int]
Padder = Callable[[int, int, int, int], Sides]

TEXTS: Mapping[str, str] = {
    **CONVOLUTION,
    **LAYOUTS,
    "output-left-as-nhwc": N_("the output must be in the order of data_format; this is NHWC"),
    "rows-padding-for-columns": N_("the zeros of the rows are used for the columns, too"),
    "edge-values-padded": N_("SAME adds zeros, not copies of the edge"),
    "cut-at-the-end": N_("everything is cut off at the end; drop `before` at the beginning, `after` at the end"),
    "not-cut": N_("the padded zeros are still there: cut them off"),
    "cut-at-the-beginning": N_("everything is cut off at the beginning; drop `before` there, `after` at the end"),
    "zero-wins": N_("padded zeros take part in the maximum; what lies outside of the image never wins"),
    "starts-at-zero": N_("the maximum starts at 0: where all numbers are negative it is wrong"),
    "over-channels": N_("the maximum runs over the channels, too; each channel is for itself"),
    "mean-for-maximum": N_("this is the mean of the window; its largest number is meant"),
    "window-as-stride": N_("the windows stand side by side: they must move by the strides"),
    "window-sides-swapped-in-ksize": N_("height and width of the window are exchanged: ksize is (1, R, S, 1)"),
}


def _same(n: int, k: int, stride: int, dilation: int = 1) -> Sides:
    total = max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2


def _pads(size: Sides, window: Sides, steps: Sides, padding: str, spread: Sides, same: Padder = _same) -> list[Sides]:
    if padding == "VALID":
        return [(0, 0), (0, 0)]
    return [same(*numbers) for numbers in zip(size, window, steps, spread, strict=True)]


def _taps(x: Array, window: Sides, steps: Sides, spread: Sides) -> Array:
    """(M, P, Q, R, S, C): every window of an image that has been padded already."""
    P, Q = ((n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(x.shape[1:3], window, steps, spread, strict=True))
    if min(P, Q) < 1:
        raise ValueError("the window does not fit")
    rows = np.arange(P)[:, None] * steps[0] + np.arange(window[0]) * spread[0]
    columns = np.arange(Q)[:, None] * steps[1] + np.arange(window[1]) * spread[1]
    return x[:, rows[:, None, :, None], columns[None, :, None, :]]


def _conv(
    x: Array,
    w: Array,
    steps: Sides,
    padding: str,
    spread: Sides = (1, 1),
    same: Padder = _same,
    mode: Any = "constant",
) -> Array:
    sides = _pads(x.shape[1:3], w.shape[:2], steps, padding, spread, same)
    padded = np.pad(x, ((0, 0), *sides, (0, 0)), mode=mode)
    return np.asarray(np.einsum("mpqrsc,rsck->mpqk", _taps(padded, w.shape[:2], steps, spread), w))


def _in_order(layout: str) -> tuple[list[int], list[int]]:
    return [layout.index(letter) for letter in "NHWC"], ["NHWC".index(letter) for letter in layout]


def _wrong(change: Callable[..., Array]) -> Callable[..., Array]:
    """A mistake with NHWC images and pairs (vertical, horizontal), for images of any layout."""

    def replica(x: Array, w: Array, strides: Four, padding: str, layout: str, dilations: Four) -> Array:
        there, back = _in_order(layout)
        h, w_ = layout.index("H"), layout.index("W")
        pairs = (strides[h], strides[w_]), (dilations[h], dilations[w_])
        return change(x.transpose(there), w, pairs[0], padding, pairs[1]).transpose(back)

    return replica


def _as_nhwc(x: Array, w: Array, strides: Four, padding: str, _layout: str, dilations: Four) -> Array:
    return _conv(x, w, (strides[1], strides[2]), padding, (dilations[1], dilations[2]))


def _steps_as_nhwc(x: Array, w: Array, strides: Four, padding: str, layout: str, dilations: Four) -> Array:
    there, back = _in_order(layout)
    return _conv(x.transpose(there), w, (strides[1], strides[2]), padding, (dilations[1], dilations[2])).transpose(back)


def _not_back(x: Array, w: Array, strides: Four, padding: str, layout: str, dilations: Four) -> Array:
    there, _ = _in_order(layout)
    h, w_ = layout.index("H"), layout.index("W")
    return _conv(x.transpose(there), w, (strides[h], strides[w_]), padding, (dilations[h], dilations[w_]))


def _reshaped(x: Array, w: Array, strides: Four, padding: str, layout: str, dilations: Four) -> Array:
    z = _not_back(x, w, strides, padding, layout, dilations)
    return z.reshape([z.shape[axis] for axis in _in_order(layout)[1]])


def _rows_for_columns(x: Array, w: Array, steps: Sides, padding: str, spread: Sides) -> Array:
    rows = _pads(x.shape[1:3], w.shape[:2], steps, padding, spread)[0]
    padded = np.pad(x, ((0, 0), rows, rows, (0, 0)))
    return np.asarray(np.einsum("mpqrsc,rsck->mpqk", _taps(padded, w.shape[:2], steps, spread), w))


def _only_first(z: Array) -> Array:
    kept = np.zeros_like(z)
    kept[0] = z[0]
    return kept


def _spread_out(
    y: Array, w: Array, shape: Four, strides: Four, padding: str, *, same: Padder = _same, overwrite: bool = False
) -> tuple[Array, list[Sides]]:
    """The padded result of a transposed convolution, and how many rows and columns of it are padding."""
    steps = (strides[1], strides[2])
    sides = _pads((shape[1], shape[2]), w.shape[:2], steps, padding, (1, 1), same)
    wide = np.zeros((shape[0], shape[1] + sum(sides[0]), shape[2] + sum(sides[1]), w.shape[2]))
    for p, q in np.ndindex(*y.shape[1:3]):
        rows = slice(p * steps[0], p * steps[0] + w.shape[0])
        columns = slice(q * steps[1], q * steps[1] + w.shape[1])
        part = np.einsum("mk,rsck->mrsc", y[:, p, q], w)
        wide[:, rows, columns] = part if overwrite else wide[:, rows, columns] + part
    return wide, sides


def _back(y: Array, w: Array, shape: Four, strides: Four, padding: str, **slips: Any) -> Array:
    wide, ((top, _), (left, _)) = _spread_out(y, w, shape, strides, padding, **slips)
    return wide[:, top : top + shape[1], left : left + shape[2]]


def _cut_at(y: Array, w: Array, shape: Four, strides: Four, padding: str, *, end: bool) -> Array:
    wide, sides = _spread_out(y, w, shape, strides, padding)
    top, left = (sum(side) if end else 0 for side in sides)
    return wide[:, top : top + shape[1], left : left + shape[2]]


def _pooled(
    x: Array, ksize: Four, strides: Four, padding: str, *, fill: float = -np.inf, same: Padder = _same, by: Any = np.max
) -> Array:
    window, steps = (ksize[1], ksize[2]), (strides[1], strides[2])
    sides = _pads(x.shape[1:3], window, steps, padding, (1, 1), same)
    padded = np.pad(x, ((0, 0), *sides, (0, 0)), constant_values=fill)
    return np.asarray(by(_taps(padded, window, steps, (1, 1)), axis=(3, 4)))


def _exchanged(four: Four) -> Four:
    return four[0], four[2], four[1], four[3]


_PADDERS: Mapping[str, Padder] = {
    "odd-zero-before": lambda n, k, s, d: _same(n, k, s, d)[::-1],
    "stride-left-out-of-padding": lambda n, k, s, d: _same(n, k, 1, d),
    "dilation-left-out-of-padding": lambda n, k, s, d: _same(n, k, s),
    "symmetric-padding": lambda n, k, s, d: (d * (k - 1) // 2,) * 2,
}


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "conv2d(input, filter, strides, padding, data_format, dilations)": {
        "odd-zero-before": _wrong(lambda x, w, s, p, d: _conv(x, w, s, p, d, _PADDERS["odd-zero-before"])),
        "stride-left-out-of-padding": _wrong(
            lambda x, w, s, p, d: _conv(x, w, s, p, d, _PADDERS["stride-left-out-of-padding"])
        ),
        "dilation-left-out-of-padding": _wrong(
            lambda x, w, s, p, d: _conv(x, w, s, p, d, _PADDERS["dilation-left-out-of-padding"])
        ),
        "symmetric-padding": _wrong(lambda x, w, s, p, d: _conv(x, w, s, p, d, _PADDERS["symmetric-padding"])),
        "rows-padding-for-columns": _wrong(_rows_for_columns),
        "edge-values-padded": _wrong(lambda x, w, s, p, d: _conv(x, w, s, p, d, mode="edge")),
        "pad-ignored": _wrong(lambda x, w, s, p, d: _conv(x, w, s, "VALID", d)),
        "padding-word-ignored": _wrong(lambda x, w, s, p, d: _conv(x, w, s, "SAME", d)),
        "shape-as-nhwc": _as_nhwc,
        "steps-as-nhwc": _steps_as_nhwc,
        "layout-reshaped": _reshaped,
        "output-left-as-nhwc": _not_back,
        "filter-flipped": _wrong(lambda x, w, s, p, d: _conv(x, w[::-1, ::-1], s, p, d)),
        "filter-transposed": _wrong(lambda x, w, s, p, d: _conv(x, w.transpose(1, 0, 2, 3), s, p, d)),
        "filter-reshaped": _wrong(
            lambda x, w, s, p, d: _conv(x, w.reshape(w.shape[3], *w.shape[:3]).transpose(1, 2, 3, 0), s, p, d)
        ),
        "stride-ignored": _wrong(lambda x, w, s, p, d: _conv(x, w, (1, 1), p, d)),
        "strides-swapped": _wrong(lambda x, w, s, p, d: _conv(x, w, s[::-1], p, d)),
        "one-stride": _wrong(lambda x, w, s, p, d: _conv(x, w, (s[0], s[0]), p, d)),
        "dilation-ignored": _wrong(lambda x, w, s, p, d: _conv(x, w, s, p)),
        "dilations-swapped": _wrong(lambda x, w, s, p, d: _conv(x, w, s, p, d[::-1])),
        "one-channel-only": _wrong(lambda x, w, s, p, d: _conv(x[..., :1], w[:, :, :1], s, p, d)),
        "channels-averaged": _wrong(lambda x, w, s, p, d: _conv(x, w, s, p, d) / w.shape[2]),
        "first-map-only": _wrong(lambda x, w, s, p, d: _conv(x, np.broadcast_to(w[..., :1], w.shape), s, p, d)),
        "first-sample-only": _wrong(lambda x, w, s, p, d: _only_first(_conv(x, w, s, p, d))),
    },
    "conv2d_transpose": {
        "odd-zero-before": lambda y, w, o, s, p: _back(y, w, o, s, p, same=_PADDERS["odd-zero-before"]),
        "stride-left-out-of-padding": lambda y, w, o, s, p: _back(
            y, w, o, s, p, same=_PADDERS["stride-left-out-of-padding"]
        ),
        "cut-at-the-end": lambda y, w, o, s, p: _cut_at(y, w, o, s, p, end=False),
        "not-cut": lambda y, w, o, s, p: _spread_out(y, w, o, s, p)[0],
        "cut-at-the-beginning": lambda y, w, o, s, p: _cut_at(y, w, o, s, p, end=True),
        "filter-flipped": lambda y, w, o, s, p: _back(y, w[::-1, ::-1], o, s, p),
        "filter-reshaped": lambda y, w, o, s, p: _back(
            y, w.reshape(*w.shape[:2], w.shape[3], w.shape[2]).transpose(0, 1, 3, 2), o, s, p
        ),
        "overwritten": lambda y, w, o, s, p: _back(y, w, o, s, p, overwrite=True),
        "stride-ignored": lambda y, w, o, s, p: _back(y, w, o, (1, 1, 1, 1), p),
        "strides-swapped": lambda y, w, o, s, p: _back(y, w, o, _exchanged(s), p),
        "maps-averaged": lambda y, w, o, s, p: _back(y, w, o, s, p) / y.shape[3],
        "one-map-only": lambda y, w, o, s, p: _back(y[..., :1], w[..., :1], o, s, p),
        "first-sample-only": lambda y, w, o, s, p: _only_first(_back(y, w, o, s, p)),
    },
    "max_pool2d": {
        "zero-wins": lambda x, k, s, p: _pooled(x, k, s, p, fill=0.0),
        "starts-at-zero": lambda x, k, s, p: np.maximum(_pooled(x, k, s, p), 0.0),
        "odd-zero-before": lambda x, k, s, p: _pooled(x, k, s, p, same=_PADDERS["odd-zero-before"]),
        "stride-left-out-of-padding": lambda x, k, s, p: _pooled(
            x, k, s, p, same=_PADDERS["stride-left-out-of-padding"]
        ),
        "pad-ignored": lambda x, k, s, p: _pooled(x, k, s, "VALID"),
        "padding-word-ignored": lambda x, k, s, p: _pooled(x, k, s, "SAME"),
        "over-channels": lambda x, k, s, p: np.broadcast_to(
            _pooled(x, k, s, p).max(axis=3, keepdims=True), _pooled(x, k, s, p).shape
        ),
        "mean-for-maximum": lambda x, k, s, p: _pooled(x, k, s, p, fill=np.nan, by=np.nanmean),
        "window-as-stride": lambda x, k, s, p: _pooled(x, k, k, p),
        "strides-swapped": lambda x, k, s, p: _pooled(x, k, _exchanged(s), p),
        "stride-ignored": lambda x, k, s, p: _pooled(x, k, (1, 1, 1, 1), p),
        "window-sides-swapped-in-ksize": lambda x, k, s, p: _pooled(x, _exchanged(k), s, p),
        "first-sample-only": lambda x, k, s, p: _only_first(_pooled(x, k, s, p)),
    },
}
