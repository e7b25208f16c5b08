"""The fifteen verbs of a set of kernels. mypy holds both sets to the types of all arguments, a test to their names.

Every verb takes checked arrays (contiguous, of one dtype, of shapes that fit), then numbers, and fills `out` last. It
checks and prints nothing. `rows` and `columns` say how the window slides along each axis of the image.
"""

from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.shapes import Axis

__all__ = ["Kernels"]

Array: TypeAlias = npt.NDArray[np.floating]
Winner: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]


# Methods of a protocol, functions of a module: mypy compares the two without `self`.
class Kernels(Protocol):
    """What `chainrule.ops` calls; `reference` says in NumPy what each verb computes.

    >>> import numpy as np
    >>> from chainrule.kernels import load
    >>> out = np.empty((1, 1))
    >>> load("reference").dense(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), None, False, out)
    >>> out
    array([[11.]])
    """

    def conv(self, x: Array, w: Array, b: Array | None, rows: Axis, columns: Axis, relu: bool, out: Array) -> None:
        """Images (M, H, W, C) with filters (R, S, C, K), bias and ReLU: (M, P, Q, K)."""

    def conv_grad_input(self, delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
        """The gradient of `conv` with respect to x, from delta (M, P, Q, K)."""

    def conv_grad_filter(self, x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
        """The gradient of `conv` with respect to w."""

    def depthwise(self, x: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
        """Images (M, H, W, C), each channel with filters (R, S, C, N) of its own: (M, P, Q, C · N)."""

    def depthwise_grad_input(self, delta: Array, w: Array, rows: Axis, columns: Axis, out: Array) -> None:
        """The gradient of `depthwise` with respect to x."""

    def depthwise_grad_filter(self, x: Array, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
        """The gradient of `depthwise` with respect to w."""

    def max_pool(self, x: Array, rows: Axis, columns: Axis, out: Array, winner: Winner) -> None:
        """The largest entry of each window, and its row-major index in the window."""

    def max_pool_grad(self, delta: Array, winner: Winner, rows: Axis, columns: Axis, out: Array) -> None:
        """The gradient of `max_pool` with respect to x."""

    def average_pool(self, x: Array, rows: Axis, columns: Axis, out: Array) -> None:
        """The mean of the entries of each window, without the padding."""

    def average_pool_grad(self, delta: Array, rows: Axis, columns: Axis, out: Array) -> None:
        """The gradient of `average_pool` with respect to x."""

    def dense(self, x: Array, w: Array, b: Array | None, relu: bool, out: Array) -> None:
        """x (M, D) · w (D, K) with bias and ReLU."""

    def dense_grad_input(self, delta: Array, w: Array, out: Array) -> None:
        """The gradient of `dense` with respect to x, from delta (M, K)."""

    def dense_grad_weight(self, x: Array, delta: Array, out: Array) -> None:
        """The gradient of `dense` with respect to w."""

    def bias_relu_grad(self, delta: Array, a: Array, relu: bool, out: Array, db: Array) -> None:
        """The gradients of ReLU and of a bias (K,), from delta and the activation a (..., K)."""

    def softmax_cross_entropy(self, z: Array, y: Array, losses: Array, out: Array) -> None:
        """The loss of each row of z (M, K) for targets y, and its gradient with respect to z."""
