"""Layers without parameters: pooling, ReLU, dropout, flattening. They pass gradients on, there is nothing to fit."""

import numpy as np

from chainrule import ops
from chainrule.errors import ParameterError, ShapeError, explain
from chainrule.layers.layer import Array, Grads, Layer, Tape
from chainrule.shapes import Padding, Pair

__all__ = ["AvgPool2D", "Dropout", "Flatten", "MaxPool2D", "ReLU"]


class _Pool2D(Layer):
    kind = "pool"

    def __init__(self, ksize: Pair, strides: Pair | None = None, padding: Padding = "VALID") -> None:
        super().__init__()
        self.ksize, self.strides, self.padding = ksize, strides, padding

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.ksize}, strides {self.strides or self.ksize}, {self.padding})"


class MaxPool2D(_Pool2D):
    """Largest entry of each window; its gradient goes to the entry that won, the first in row-major order in a tie.

    Args:
        ksize: (R, S) of the window, or one number for both.
        strides: (vertical, horizontal), or one number; None takes the window, so that windows do not overlap.
        padding: "VALID", "SAME" or ((top, bottom), (left, right)); padding never wins.

    Source: notes, section 4, "max pool layer".

    >>> a, tape = MaxPool2D(2).forward(np.arange(16.0).reshape(1, 4, 4, 1))
    >>> a[0, :, :, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """

    def forward(self, x: Array) -> tuple[Array, Tape]:
        """x (M, H, W, C) to a (M, P, Q, C)."""
        a, winner = ops.max_pool2d_with_winner(x, self.ksize, self.strides, self.padding)
        return a, (winner, x.shape)

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """∂C/∂a (M, P, Q, C) to ∂C/∂x (M, H, W, C)."""
        winner, shape = tape
        return ops.max_pool2d_grad(delta, winner, shape, self.ksize, self.strides, self.padding), {}


class AvgPool2D(_Pool2D):
    """Mean of each window; padding is not counted.

    The arguments are those of `MaxPool2D`.

    Source: LeCun, Bottou, Bengio & Haffner (1998), section II.A (sub-sampling, without its coefficient and bias).

    >>> a, tape = AvgPool2D((1, 2)).forward(np.arange(4.0).reshape(1, 1, 4, 1))
    >>> a.ravel()
    array([0.5, 2.5])
    """

    def forward(self, x: Array) -> tuple[Array, Tape]:
        """x (M, H, W, C) to a (M, P, Q, C)."""
        return ops.avg_pool2d(x, self.ksize, self.strides, self.padding), x.shape

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """∂C/∂a (M, P, Q, C) to ∂C/∂x (M, H, W, C)."""
        return ops.avg_pool2d_grad(delta, tape, self.ksize, self.strides, self.padding), {}


class ReLU(Layer):
    """max(0, z), as a layer of its own; `Dense` and `Conv2D` do it in one pass with the bias.

    Args:
        at_zero: the slope at z = 0. Any number in [0, 1] is a subgradient: TensorFlow and PyTorch take 0, the notes 1.

    Raises:
        ParameterError: at_zero outside of [0, 1].

    Source: notes, section 4, case one.

    >>> layer = ReLU(at_zero=1)
    >>> a, tape = layer.forward(np.array([[-1.0, 0.0, 2.0]]))
    >>> a, layer.backward(np.array([[5.0, 5.0, 5.0]]), tape)[0]
    (array([[0., 0., 2.]]), array([[0., 5., 5.]]))
    """

    kind = "relu"

    def __init__(self, at_zero: float = 0.0) -> None:
        super().__init__()
        if not 0 <= at_zero <= 1:
            raise ParameterError(
                explain("no slope of ReLU at 0", got=at_zero, expected="a number from 0 to 1", fix="pass 0 or 1")
            )
        self.at_zero = at_zero

    def forward(self, x: Array) -> tuple[Array, Tape]:
        """z of any shape to a like z; NaN stays NaN."""
        return np.maximum(x, 0), x

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """∂C/∂a to ∂C/∂z: delta where z > 0."""
        _same_shape(delta, tape.shape)
        passed = np.where(tape > 0, delta, 0)
        if self.at_zero:
            kink = tape == 0
            passed[kink] = self.at_zero * delta[kink]
        return passed, {}


class Flatten(Layer):
    """(M, H, W, C) to (M, H · W · C): from images to the rows that `Dense` takes.

    >>> layer = Flatten()
    >>> a, tape = layer.forward(np.zeros((2, 4, 3, 5)))
    >>> a.shape, layer.backward(a, tape)[0].shape
    ((2, 60), (2, 4, 3, 5))
    """

    kind = "flatten"

    def forward(self, x: Array) -> tuple[Array, Tape]:
        """x (M, ...) to a (M, D)."""
        # −1 cannot be inferred for an empty batch.
        return x.reshape(x.shape[0], int(np.prod(x.shape[1:]))), x.shape

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """∂C/∂a (M, D) to ∂C/∂x (M, ...)."""
        _same_shape(delta, (tape[0], int(np.prod(tape[1:]))))
        return delta.reshape(tape), {}


class Dropout(Layer):
    """In training, each number is dropped with probability `rate` and the rest scaled up, so that the mean stays.

    Outside of training it passes everything on.

    Args:
        rate: probability to drop, from 0 to below 1.

    Raises:
        ParameterError: rate outside of [0, 1).

    Source: Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov (2014), Dropout, section 10 (scaled in training).

    >>> layer, x = Dropout(0.5), np.ones((1, 8))
    >>> layer.forward(x)[0]
    array([[1., 1., 1., 1., 1., 1., 1., 1.]])
    >>> layer.train_forward(x, np.random.default_rng(0))[0]
    array([[2., 0., 0., 0., 2., 2., 2., 2.]])
    """

    kind = "dropout"

    def __init__(self, rate: float) -> None:
        super().__init__()
        if not 0 <= rate < 1:
            raise ParameterError(
                explain("nothing would be left", got=rate, expected="a rate from 0 to below 1", fix="drop less")
            )
        self.rate = rate

    def forward(self, x: Array) -> tuple[Array, Tape]:
        """x of any shape to a = x: outside of training nothing is dropped."""
        return x, None

    def train_forward(self, x: Array, rng: np.random.Generator) -> tuple[Array, Tape]:
        """x of any shape to a like x, with holes."""
        mask = (rng.random(x.shape) >= self.rate).astype(x.dtype) / x.dtype.type(1 - self.rate)
        return x * mask, mask

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """∂C/∂a to ∂C/∂x, through the entries that were kept."""
        if tape is None:
            return delta, {}
        _same_shape(delta, tape.shape)
        return delta * tape, {}

    def __repr__(self) -> str:
        return f"Dropout({self.rate})"


def _same_shape(delta: Array, shape: tuple[int, ...]) -> None:
    if delta.shape != shape:
        raise ShapeError(
            explain(
                "delta does not belong to this forward pass",
                got=delta.shape,
                expected=shape,
                fix="pass the gradient with respect to the activations that came with the tape",
            )
        )
