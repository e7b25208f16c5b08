"""Every kernel in readable NumPy: one line of mathematics for each entry of the filter or window.

These are the readable twins of the compiled kernels, with the same names and arguments, and stand in for them where
Numba does not work (`CHAINRULE_KERNELS=reference`). Images are NHWC, filters RSCK. Like all kernels they take checked
arrays, then numbers, and fill `out` last; `rows` and `columns` say how the window slides along each axis. An
overflow or a NaN is a value here, not a warning, as in compiled code.
"""

from collections.abc import Iterator
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from chainrule.shapes import Axis

__all__ = [
    "average_pool",
    "average_pool_grad",
    "bias_relu_grad",
    "conv",
    "conv_grad_filter",
    "conv_grad_input",
    "dense",
    "dense_grad_input",
    "dense_grad_weight",
    "depthwise",
    "depthwise_grad_filter",
    "depthwise_grad_input",
    "max_pool",
    "max_pool_grad",
    "softmax_cross_entropy",
]

Array: TypeAlias = npt.NDArray[np.floating]
Winner: TypeAlias = npt.NDArray[np.unsignedinteger]
Mask: TypeAlias = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)


def _pad(x: npt.NDArray[T], rows: Axis, columns: Axis) -> npt.NDArray[T]:
    return np.pad(x, ((0, 0), (rows.before, rows.after), (columns.before, columns.after), (0, 0)))


def _crop(padded: Array, rows: Axis, columns: Axis) -> Array:
    return padded[:, rows.before : rows.before + rows.size, columns.before : columns.before + columns.size]


def _taps(padded: npt.NDArray[T], rows: Axis, columns: Axis) -> Iterator[tuple[int, int, npt.NDArray[T]]]:
    """For each window entry (r, s), row by row: the view (M, P, Q, C) of the input that it meets."""
    for r in range(rows.window):
        top = r * rows.dilation
        bottom = top + (rows.output - 1) * rows.stride + 1
        for s in range(columns.window):
            left = s * columns.dilation  # the first window's entry; the others follow in strides
            right = left + (columns.output - 1) * columns.stride + 1
            yield r, s, padded[:, top : bottom : rows.stride, left : right : columns.stride]


def _activate(out: Array, b: Array | None, relu: bool) -> None:
    """Add b along the last axis, then max(0, ·) where `relu`; NaN stays NaN."""
    if b is not None:
        out += b
    if relu:
        np.maximum(out, 0, out=out)


@np.errstate(all="ignore")
def conv(x: Array, w: Array, b: Array | None, rows: Axis, columns: Axis, relu: bool, out: Array) -> None:
    """out[m, p, q, k] = b[k] + sum over r, s, c of x[m, p·stride + r·dilation, …, c] · w[r, s, c, k].

    Then max(0, ·) where `relu`.
    """
    out[...] = 0
    for r, s, met in _taps(_pad(x, rows, columns), rows, columns):
        out += met @ w[r, s]
    _activate(out, b, relu)


@np.errstate(all="ignore")
def conv_grad_input(delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Each input entry collects delta · w from every output position that met it."""
    # `_taps` gives views: adding to one adds to the padded image, where windows that overlap meet.
    padded = _pad(np.zeros_like(out), rows, columns)
    for r, s, met in _taps(padded, rows, columns):
        met += delta @ w[r, s].T
    out[...] = _crop(padded, rows, columns)


@np.errstate(all="ignore")
def conv_grad_filter(x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """out[r, s, c, k] = sum over m, p, q of what tap (r, s) meets in channel c · delta[m, p, q, k]."""
    for r, s, met in _taps(_pad(x, rows, columns), rows, columns):
        out[r, s] = np.tensordot(met, delta, axes=([0, 1, 2], [0, 1, 2]))


@np.errstate(all="ignore")
def depthwise(x: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Channel c gives `multiplier` maps of its own: w is (R, S, C, multiplier), out (M, P, Q, C · multiplier)."""
    by_channel = out.reshape(*out.shape[:3], *w.shape[2:])
    by_channel[...] = 0
    for r, s, met in _taps(_pad(x, rows, columns), rows, columns):
        by_channel += met[..., None] * w[r, s]


@np.errstate(all="ignore")
def depthwise_grad_input(delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Like `conv_grad_input`, each channel with its own maps only."""
    by_channel = delta.reshape(*delta.shape[:3], *w.shape[2:])
    padded = _pad(np.zeros_like(out), rows, columns)
    for r, s, met in _taps(padded, rows, columns):
        met += (by_channel * w[r, s]).sum(axis=-1)
    out[...] = _crop(padded, rows, columns)


@np.errstate(all="ignore")
def depthwise_grad_filter(x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Like `conv_grad_filter`, each channel with its own maps only."""
    by_channel = delta.reshape(*delta.shape[:3], *out.shape[2:])
    for r, s, met in _taps(_pad(x, rows, columns), rows, columns):
        out[r, s] = np.einsum("mpqc,mpqck->ck", met, by_channel)


def max_pool(x: Array, rows: Axis, columns: Axis, out: Array, winner: Winner) -> None:
    """First largest real entry of each window; a NaN beats every number. `winner` is its row-major index."""
    # The padding is no entry: a window of negative numbers must not find a 0 there.
    real: Mask = _pad(np.ones_like(x, dtype=np.bool_), rows, columns)
    chosen: Mask = np.zeros(out.shape, np.bool_)
    taps = zip(_taps(_pad(x, rows, columns), rows, columns), _taps(real, rows, columns), strict=True)
    for (r, s, met), (_, _, exists) in taps:
        larger = (met > out) | (np.isnan(met) & ~np.isnan(out))
        better = exists & (~chosen | larger)
        np.copyto(out, met, where=better)
        # Of any unsigned dtype: `ops` takes the smallest that holds every index of the window.
        np.copyto(winner, r * columns.window + s, where=better, casting="unsafe")
        chosen |= exists


@np.errstate(all="ignore")
def max_pool_grad(delta: Array, winner: Winner, rows: Axis, columns: Axis, out: Array) -> None:
    """Each delta goes to the entry that won; overlapping windows add up."""
    padded = _pad(np.zeros_like(out), rows, columns)
    for r, s, met in _taps(padded, rows, columns):
        met += np.where(winner == r * columns.window + s, delta, 0)
    out[...] = _crop(padded, rows, columns)


def _entries(rows: Axis, columns: Axis) -> npt.NDArray[np.int64]:
    """How many entries of each window lie on the image and not on the padding: (P, Q, 1)."""
    real = _pad(np.ones((1, rows.size, columns.size, 1), np.int64), rows, columns)
    return sum((met[0] for _, _, met in _taps(real, rows, columns)), np.zeros((), np.int64))


@np.errstate(all="ignore")
def average_pool(x: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Mean of the real entries of each window: padding is not counted."""
    out[...] = 0
    for _, _, met in _taps(_pad(x, rows, columns), rows, columns):
        out += met
    out /= _entries(rows, columns)


@np.errstate(all="ignore")
def average_pool_grad(delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
    """Each delta is divided evenly among the real entries of its window."""
    per_entry = (delta / _entries(rows, columns)).astype(out.dtype)  # int64 counts would make float32 float64
    padded = _pad(np.zeros_like(out), rows, columns)
    for _, _, met in _taps(padded, rows, columns):
        met += per_entry
    out[...] = _crop(padded, rows, columns)


@np.errstate(all="ignore")
def dense(x: Array, w: Array, b: Array | None, relu: bool, out: Array) -> None:
    """out = x · w + b with x (M, D), w (D, K), then max(0, ·) where `relu`."""
    np.matmul(x, w, out=out)
    _activate(out, b, relu)


@np.errstate(all="ignore")
def dense_grad_input(delta: Array, w: Array, out: Array) -> None:
    """out = delta · wᵀ with delta (M, K)."""
    np.matmul(delta, w.T, out=out)


@np.errstate(all="ignore")
def dense_grad_weight(x: Array, delta: Array, out: Array) -> None:
    """out = xᵀ · delta."""
    np.matmul(x.T, delta, out=out)


@np.errstate(all="ignore")
def bias_relu_grad(delta: Array, a: Array, relu: bool, out: Array, db: Array) -> None:
    """out = delta where a > 0, else 0 (delta as it is without `relu`); db = its sum over all axes but the last."""
    out[...] = np.where(a > 0, delta, 0) if relu else delta
    out.sum(axis=tuple(range(out.ndim - 1)), out=db)


@np.errstate(all="ignore")
def softmax_cross_entropy(z: Array, y: Array, losses: Array, out: Array) -> None:
    """Loss of each row, −Σ y · log softmax(z), and its gradient Σy · softmax(z) − y. Where y is 0, y · log is 0."""
    # Softmax does not change when a row is shifted, and exp of a number up to 0 cannot overflow.
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    losses[...] = -np.where(y == 0, 0, y * log_p).sum(axis=1)
    out[...] = np.exp(log_p) * y.sum(axis=1, keepdims=True) - y
