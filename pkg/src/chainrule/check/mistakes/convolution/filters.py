"""Mistakes with filters on one channel, output sizes and padding (notes, section 3)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.check.record import N_

__all__ = ["MISTAKES", "TEXTS"]

Array = NDArray[np.float64]

TEXTS: Mapping[str, str] = {
    "not-normalised": N_("the entries do not add up to 1: a mean divides by the number of entries, k²"),
    "divided-by-k": N_("k² entries share the weight 1, so each is 1/k², not 1/k"),
    "kernel-flipped": N_("the kernel is turned round by 180°; a correlation slides it as it is"),
    "kernel-not-flipped": N_("this is the correlation; a convolution turns the kernel round by 180° first"),
    "rows-flipped-only": N_("the kernel is flipped top to bottom only; flip it left to right too"),
    "columns-flipped-only": N_("the kernel is flipped left to right only; flip it top to bottom too"),
    "kernel-rotated": N_("the kernel is turned by 90°; a convolution turns it by 180°"),
    "kernel-transposed": N_("the kernel's rows and columns are exchanged"),
    "kernel-ignored": N_("every pixel of the window has the same weight; the kernel's entries are not used"),
    "matrix-product": N_("@ multiplies matrices; window and kernel are multiplied entry by entry (*)"),
    "last-tap-only": N_("only the last product survives: add to the sum (+=) instead of replacing it (=)"),
    "mean-not-sum": N_("the products are averaged; a convolution adds them up"),
    "one-window-short": N_("the last row and column of windows are missing: there are H - R + 1 of them, not H - R"),
    "one-pixel-off": N_("every window starts one pixel too far down and right"),
    "border-kept": N_("the result has the image's size; only windows that fit entirely count, H - R + 1 by W - S + 1"),
    "zeros-around": N_("zeros were put around the image; only windows that fit entirely count here"),
    "full-size": N_("windows that stick out of the image were counted too; only those that fit entirely count here"),
    "result-flipped": N_("the result is turned round; it is the kernel that must be turned round, before it slides"),
    "wrapped-around": N_(
        "rows and columns wrap around at the border: the first R - 1 rows and S - 1 columns of this are spoilt"
    ),
    "clipped-at-0": N_("negative values are cut off at 0; the result may be negative"),
    "absolute": N_("the sign is lost: this is the absolute value"),
    "not-counted-from-1": N_("one too few: the first position counts as well, so add 1"),
    "rounded-up": N_("rounded up: a last step that does not fit entirely does not count (floor)"),
    "pad-counted-once": N_("the padding is on both sides, so it counts twice"),
    "pad-left-out": N_("the padding is left out"),
    "stride-left-out": N_("the stride is left out"),
    "dilation-left-out": N_("the dilation is left out"),
    "dilated-too-wide": N_("k entries have k - 1 gaps: the window spans d (k - 1) + 1 pixels, not d k"),
    "stride-first": N_("the window must be subtracted before dividing by the stride"),
    "pads-swapped": N_("pad_h and pad_w are exchanged: rows go above and below, columns left and right"),
    "pad-before-only": N_("zeros are added on one side only; they belong on both"),
    "pad-after-only": N_("zeros are added after the image only; they belong on both sides"),
    "border-of-ones": N_("the border is 1; it must be 0"),
    "edge-padding": N_("the border is a copy of the image's edge; it must be 0"),
    "reflect-padding": N_("the border mirrors the image; it must be 0"),
    "pad-in-the-corner": N_("all the zeros are below and to the right; half of them belong above and to the left"),
    "pad-halved": N_("pad_h is the number of rows on each side, not of both together"),
    "first-sample-only": N_("only the first image of the batch is used"),
    "channels-first": N_("the axes are (M, H, W, C): height and width are axes 1 and 2"),
}


def windows(image: Array, R: int, S: int) -> Array:
    """Every window that fits: (P, Q, R, S)."""
    return np.lib.stride_tricks.sliding_window_view(image, (R, S))


def _slide(image: Array, kernel: Array) -> Array:
    return np.asarray(np.einsum("pqrs,rs->pq", windows(image, *kernel.shape), kernel))


def _around(image: Array, top: int, left: int) -> Array:
    return np.pad(image, ((top, top), (left, left)))


def _corner(image: Array, kernel: Array) -> Array:
    """The right values in the corner of an image full of zeros."""
    result = np.zeros(image.shape)
    inner = _slide(image, kernel)
    result[: inner.shape[0], : inner.shape[1]] = inner
    return result


def _same(image: Array, kernel: Array) -> Array:
    R, S = kernel.shape
    sides = ((R - 1) // 2, R - 1 - (R - 1) // 2), ((S - 1) // 2, S - 1 - (S - 1) // 2)
    return _slide(np.pad(image, sides), kernel)


def _full(image: Array, kernel: Array) -> Array:
    return _slide(_around(image, kernel.shape[0] - 1, kernel.shape[1] - 1), kernel)


def _wrapped(image: Array, kernel: Array) -> Array:
    """The convolution on a torus, at the windows that are spoilt."""
    (H, W), (R, S) = image.shape, kernel.shape
    product = np.fft.fft2(image) * np.fft.fft2(kernel, s=(H, W))
    return np.asarray(np.fft.ifft2(product).real[: H - R + 1, : W - S + 1])


def _off(image: Array, kernel: Array) -> Array:
    return _slide(np.pad(image, ((0, 1), (0, 1)))[1:, 1:], kernel)


def _sized(n: int, k: int, stride: int, pad: int, dilation: int) -> tuple[int, int]:
    """What is divided by the stride, and the stride."""
    return n + 2 * pad - dilation * (k - 1) - 1, stride


def _around_images(x: Array, sides: tuple[int, int, int, int], mode: Any = "constant") -> Array:
    top, bottom, left, right = sides
    return np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)), mode=mode)


def _first(x: Array, h: int, w: int) -> Array:
    padded = _around_images(x, (h, h, w, w))
    padded[1:] = 0
    return padded


# Both kinds of sliding, told by what they do to the kernel.
def _shared(turn: Callable[[Array], Array]) -> dict[str, Callable[..., Any]]:
    return {
        "kernel-transposed": lambda image, kernel: _slide(image, turn(kernel).T),
        "kernel-ignored": lambda image, kernel: _slide(image, np.ones(kernel.shape)),
        "last-tap-only": lambda image, kernel: windows(image, *kernel.shape)[..., -1, -1] * turn(kernel)[-1, -1],
        "mean-not-sum": lambda image, kernel: _slide(image, turn(kernel)) / kernel.size,
        "one-window-short": lambda image, kernel: _slide(image, turn(kernel))[:-1, :-1],
        "one-pixel-off": lambda image, kernel: _off(image, turn(kernel)),
        "border-kept": lambda image, kernel: _corner(image, turn(kernel)),
        "zeros-around": lambda image, kernel: _same(image, turn(kernel)),
        "full-size": lambda image, kernel: _full(image, turn(kernel)),
        "clipped-at-0": lambda image, kernel: np.maximum(_slide(image, turn(kernel)), 0),
        "absolute": lambda image, kernel: np.abs(_slide(image, turn(kernel))),
    }


MISTAKES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "mean_filter": {
        "not-normalised": lambda k: np.ones((k, k)),
        "divided-by-k": lambda k: np.full((k, k), 1 / k),
    },
    "correlate2d": {
        "kernel-flipped": lambda image, kernel: _slide(image, np.flip(kernel)),
        "rows-flipped-only": lambda image, kernel: _slide(image, kernel[::-1]),
        "matrix-product": lambda image, kernel: (windows(image, *kernel.shape) @ kernel).sum(axis=(2, 3)),
        **_shared(lambda kernel: kernel),
    },
    "convolve2d": {
        "kernel-not-flipped": _slide,
        "rows-flipped-only": lambda image, kernel: _slide(image, kernel[::-1]),
        "columns-flipped-only": lambda image, kernel: _slide(image, kernel[:, ::-1]),
        "result-flipped": lambda image, kernel: np.flip(_slide(image, kernel)),
        "wrapped-around": _wrapped,
        "kernel-rotated": lambda image, kernel: _slide(image, np.rot90(kernel)),
        **_shared(np.flip),
    },
    "output_size": {
        "not-counted-from-1": lambda *args: _sized(*args)[0] // args[2],
        "rounded-up": lambda *args: -(-_sized(*args)[0] // args[2]) + 1,
        "pad-counted-once": lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1,
        "pad-left-out": lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1,
        "stride-left-out": lambda n, k, s, p, d: n + 2 * p - d * (k - 1),
        "dilation-left-out": lambda n, k, s, p, d: (n + 2 * p - k) // s + 1,
        "dilated-too-wide": lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,
        "stride-first": lambda n, k, s, p, d: (n + 2 * p) // s - d * (k - 1),
    },
    "zero_pad": {
        "pads-swapped": lambda x, h, w: _around_images(x, (w, w, h, h)),
        "pad-before-only": lambda x, h, w: _around_images(x, (h, 0, w, 0)),
        "pad-after-only": lambda x, h, w: _around_images(x, (0, h, 0, w)),
        "pad-in-the-corner": lambda x, h, w: _around_images(x, (0, 2 * h, 0, 2 * w)),
        "border-of-ones": lambda x, h, w: _around_images(x - 1, (h, h, w, w)) + 1,
        "edge-padding": lambda x, h, w: _around_images(x, (h, h, w, w), "edge"),
        "reflect-padding": lambda x, h, w: _around_images(x, (h, h, w, w), "reflect"),
        "pad-halved": lambda x, h, w: _around_images(x, (h // 2, h - h // 2, w // 2, w - w // 2)),
        "first-sample-only": _first,
        "channels-first": lambda x, h, w: np.pad(x, ((0, 0), (0, 0), (h, h), (w, w))),
    },
}
