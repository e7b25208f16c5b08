"""Mistakes with the order of axes, output sizes and "SAME" (notes, section 4, the comparison with TensorFlow)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]
Wires = NDArray[np.int64]
Sides = tuple[int, int]

TEXTS: Mapping[str, str] = {
    "layout-reshaped": N_("reshape only cuts the same row of numbers anew; axes are moved by transpose"),
    "layout-ignored": N_("the axes stay as they are: data_format is ignored"),
    "layout-inverse": N_("the axes move the wrong way round: this is the inverse"),
    "width-before-height": N_("height and width are exchanged"),
    "height-before-width-in-nwhc": N_("NWHC has the width before the height; this is NHWC"),
    "odd-zero-before": N_("the odd zero stands before; TensorFlow puts it after"),
    "symmetric-padding": N_("both sides get the same; the total can be odd, and then the extra zero goes after"),
    "stride-left-out-of-padding": N_("the zeros are those for stride 1; with a larger stride fewer are needed"),
    "dilation-left-out-of-padding": N_("the window is taken as k; a dilated one covers d·(k - 1) + 1 pixels"),
    "dilation-times-k": N_("the window is taken as d·k; it covers d·(k - 1) + 1 pixels"),
    "padding-negative": N_("the total is negative where the stride is larger than the window; then no zero is added"),
    "floor-for-ceiling": N_("SAME rounds n / s up, not down"),
    "everything-after": N_("all the zeros stand after; they are shared out on both sides"),
    "total-for-each-side": N_("each side gets the whole total; it is shared out on both sides"),
    "same-size-kept": N_("SAME keeps the size for stride 1 only; it is ceil(n / s)"),
    "size-rounded-up": N_("a last step that does not fit is counted; round down"),
    "plus-one-missing": N_("one position is missing: (n - k) / s steps make one position more"),
    "stride-left-out-of-size": N_("the stride is left out of the size"),
    "channels-unchanged": N_("the last number must be the filter's K, not the input's C"),
    "shape-as-nhwc": N_("the sizes are read as if the layout were NHWC"),
    "steps-as-nhwc": N_("strides are in the order of data_format, too; these are read as NHWC"),
    "shape-left-as-nhwc": N_("the result must be in the order of data_format; this is NHWC"),
    "padding-word-ignored": N_("SAME and VALID are treated alike"),
    "window-starts-at-pixel": N_("the zeros before are left out: window i begins at pixel i·s - before"),
    "stride-left-out-of-wires": N_("the windows do not move by the stride: window i begins at i·s - before"),
    "filter-flipped": N_("the filter is turned round by 180°; in a network nothing is flipped"),
    "no-wire-as-zero": N_("0 is the first entry of the filter; where there is no wire, -1 is meant"),
    "not-limited": N_("entries outside of the filter must become -1"),
    "wires-transposed": N_("j goes down and i goes across: the table is (n, P)"),
}


def _permuted(x: Array, order: Sequence[int]) -> Array:
    return np.transpose(x, order)


def _size(n: int, k: int, stride: int) -> int:
    return (n - k) // stride + 1


def _zeros(n: int, k: int, stride: int = 1, dilation: int = 1) -> int:
    return max((-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n, 0)


def _shared(total: int) -> dict[str, int]:
    return {"before": total // 2, "after": total - total // 2}


def _raw(n: int, k: int, stride: int, dilation: int) -> int:
    return (-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n


def _wires(n: int, k: int, stride: int, P: int, before: int, step: int = 0) -> Wires:
    mu = np.arange(n)[:, None] + before - np.arange(P) * (step or stride)
    return np.where((mu >= 0) & (mu < k), mu, -1)


def _of_axis(n: int, k: int, stride: int, padding: str) -> Sides:
    """Positions, and zeros before."""
    return (-(-n // stride), _zeros(n, k, stride) // 2) if padding == "SAME" else (_size(n, k, stride), 0)


def _turned(table: Wires, k: int) -> Wires:
    return np.where(table >= 0, k - 1 - table, -1)


def _shape(
    x: Sequence[int], w: Sequence[int], strides: Sequence[int], axes: str, size: Callable[[int, int, int], int]
) -> tuple[int, ...]:
    """A shape with new H, W and C, read and written in the order of `axes`."""
    shape = list(x)
    for letter, window in zip("HW", w, strict=False):
        place = axes.index(letter)
        shape[place] = size(x[place], window, strides[place])
    shape[axes.index("C")] = w[3]
    return tuple(shape)


def _rule(padding: str) -> Callable[[int, int, int], int]:
    return (lambda n, k, s: -(-n // s)) if padding == "SAME" else _size


def _rows(w: Sequence[int]) -> tuple[int, ...]:
    return (w[1], w[0], *w[2:])


def _as_nhwc(x: Sequence[int], w: Sequence[int], s: Sequence[int], padding: str, axes: str) -> tuple[int, ...]:
    """The right shape, but in the order N, H, W, C."""
    shape = _shape(x, w, s, axes, _rule(padding))
    return tuple(shape[axes.index(letter)] for letter in "NHWC")


def _steps(s: Sequence[int], axes: str) -> tuple[int, ...]:
    """Strides that are read as NHWC, each put where its axis stands."""
    return tuple(s["NHWC".index(letter)] for letter in axes)


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "to_nhwc": {
        "height-before-width-in-nwhc": lambda x, f: x if f == "NWHC" else None,
        "layout-ignored": lambda x, f: x,
        "layout-reshaped": lambda x, f: x.reshape([x.shape[f.index(letter)] for letter in "NHWC"]),
        "layout-inverse": lambda x, f: _permuted(x, ["NHWC".index(letter) for letter in f]),
        "width-before-height": lambda x, f: _permuted(x, [f.index(letter) for letter in "NWHC"]),
    },
    "from_nhwc": {
        "height-before-width-in-nwhc": lambda x, f: x if f == "NWHC" else None,
        "layout-ignored": lambda x, f: x,
        "layout-reshaped": lambda x, f: x.reshape([x.shape["NHWC".index(letter)] for letter in f]),
        "layout-inverse": lambda x, f: _permuted(x, [f.index(letter) for letter in "NHWC"]),
        "width-before-height": lambda x, f: _permuted(x, ["NWHC".index(letter) for letter in f]),
    },
    "same_padding": {
        "odd-zero-before": lambda n, k, s, d: dict(
            zip(("after", "before"), _shared(_zeros(n, k, s, d)).values(), strict=True)
        ),
        "stride-left-out-of-padding": lambda n, k, s, d: _shared(_zeros(n, k, 1, d)),
        "dilation-left-out-of-padding": lambda n, k, s, d: _shared(_zeros(n, k, s)),
        "dilation-times-k": lambda n, k, s, d: _shared(_zeros(n, d * k, s)),
        "padding-negative": lambda n, k, s, d: _shared(_raw(n, k, s, d)),
        "floor-for-ceiling": lambda n, k, s, d: _shared(max((n // s - 1) * s + d * (k - 1) + 1 - n, 0)),
        "everything-after": lambda n, k, s, d: {"before": 0, "after": _zeros(n, k, s, d)},
        "total-for-each-side": lambda n, k, s, d: dict.fromkeys(("before", "after"), _zeros(n, k, s, d)),
        "symmetric-padding": lambda n, k, s, d: dict.fromkeys(("before", "after"), d * (k - 1) // 2),
    },
    "conv_output_shape": {
        "same-size-kept": lambda x, w, s, p, f: _shape(x, w, s, f, (lambda n, k, s: n) if p == "SAME" else _size),
        "floor-for-ceiling": lambda x, w, s, p, f: _shape(
            x, w, s, f, (lambda n, k, s: n // s) if p == "SAME" else _size
        ),
        "size-rounded-up": lambda x, w, s, p, f: _shape(
            x, w, s, f, _rule(p) if p == "SAME" else lambda n, k, s: -(-(n - k) // s) + 1
        ),
        "plus-one-missing": lambda x, w, s, p, f: _shape(
            x, w, s, f, _rule(p) if p == "SAME" else lambda n, k, s: (n - k) // s
        ),
        "stride-left-out-of-size": lambda x, w, s, p, f: _shape(x, w, (1, 1, 1, 1), f, _rule(p)),
        "padding-word-ignored": lambda x, w, s, p, f: _shape(x, w, s, f, _rule("VALID" if p == "SAME" else "SAME")),
        "channels-unchanged": lambda x, w, s, p, f: _shape(x, (*w[:3], x[f.index("C")]), s, f, _rule(p)),
        "shape-as-nhwc": lambda x, w, s, p, f: _shape(x, w, s, "NHWC", _rule(p)),
        "steps-as-nhwc": lambda x, w, s, p, f: _shape(x, w, _steps(s, f), f, _rule(p)),
        "shape-left-as-nhwc": lambda x, w, s, p, f: _as_nhwc(x, w, s, p, f),
        "width-before-height": lambda x, w, s, p, f: _shape(x, _rows(w), s, f, _rule(p)),
    },
    "shared_weights": {
        "window-starts-at-pixel": lambda n, k, s, p: _wires(n, k, s, _of_axis(n, k, s, p)[0], 0),
        "stride-left-out-of-wires": lambda n, k, s, p: _wires(n, k, s, *_of_axis(n, k, s, p), step=1),
        "filter-flipped": lambda n, k, s, p: _turned(_wires(n, k, s, *_of_axis(n, k, s, p)), k),
        "no-wire-as-zero": lambda n, k, s, p: np.maximum(_wires(n, k, s, *_of_axis(n, k, s, p)), 0),
        "not-limited": lambda n, k, s, p: (
            np.arange(n)[:, None] + _of_axis(n, k, s, p)[1] - np.arange(_of_axis(n, k, s, p)[0]) * s
        ),
        "wires-transposed": lambda n, k, s, p: _wires(n, k, s, *_of_axis(n, k, s, p)).T,
        "odd-zero-before": lambda n, k, s, p: _wires(
            n, k, s, -(-n // s), -(-_zeros(n, k, s) // 2) if p == "SAME" else 0
        ),
        "stride-left-out-of-padding": lambda n, k, s, p: _wires(n, k, s, -(-n // s), _zeros(n, k) // 2),
        "same-size-kept": lambda n, k, s, p: _wires(n, k, s, n, _zeros(n, k, s) // 2),
        "padding-word-ignored": lambda n, k, s, p: _wires(n, k, s, *_of_axis(n, k, s, "VALID")),
    },
}
