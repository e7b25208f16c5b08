"""Compile the kernels beforehand: `python -m chainrule.warm`, or `make warm`.

One training step of both LeNets in float32 and float64, and every other operation on an image or two, so that a
notebook or a grader finds everything in the cache on disk. A shape that needs another tile compiles it at its first
call, in a tenth of a second.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from chainrule import ops
from chainrule.nets import lenet5, lenet_digits

__all__ = ["warm"]

SIZES = (1, 4, 16, 64)  # of a batch: what a notebook, a test and a training step use


def _operations(dtype: type[np.floating[Any]]) -> list[Callable[[], object]]:
    x, w = np.ones((2, 9, 8, 3), dtype), np.ones((3, 2, 3, 4), dtype)
    out, winner = ops.max_pool2d_with_winner(x, 2)
    return [
        lambda: ops.conv2d_transpose(np.ones((2, 4, 4, 4), dtype), w, strides=2),
        lambda: ops.depthwise_conv2d(x, w),
        lambda: ops.depthwise_conv2d_grad_input(np.ones((2, 7, 7, 12), dtype), w, x.shape),
        lambda: ops.depthwise_conv2d_grad_filter(x, np.ones((2, 7, 7, 12), dtype), w.shape),
        lambda: ops.max_pool2d_grad(out, winner, x.shape, 2),
        lambda: ops.avg_pool2d_grad(ops.avg_pool2d(x, 2), x.shape, 2),
        lambda: ops.softmax_cross_entropy(x[0, 0], np.arange(8) % 3),
    ]


def warm() -> float:
    """Compile what is not in the cache yet, or load it.

    Returns:
        Seconds that it took.

    >>> warm() >= 0
    True
    """
    start = time.perf_counter()
    for dtype in (np.float32, np.float64):
        for net, size in ((lenet5(np.random.default_rng(0), dtype=dtype), 28),
                          (lenet_digits(np.random.default_rng(0), dtype=dtype), 8)):  # fmt: skip
            for M in SIZES:
                net.loss(np.ones((M, size, size, 1), dtype), np.arange(M) % 10)
        for operation in _operations(dtype):
            operation()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.stdout.write(f"kernels ready after {warm():.1f} s\n")
