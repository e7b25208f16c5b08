"""The interface of all layers: parameters, a forward pass that hands out a tape, a backward pass that takes it back.

A layer remembers nothing between the two passes. Whatever `backward` needs travels on the tape, so one layer can be
in the middle of several passes, and there is no stale cache to be wrong.
"""

from abc import ABC, abstractmethod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from chainrule.errors import DTypeError, ParameterError, explain

__all__ = ["Array", "Grads", "Layer", "Tape", "he_normal"]

Array: TypeAlias = NDArray[np.floating[Any]]

Tape: TypeAlias = Any
"""Values that a forward pass keeps for its backward pass; only the layer that wrote them reads them."""

Grads: TypeAlias = dict[str, Array]
"""An array like each parameter, under the same name."""


class Layer(ABC):
    """Base of all layers: parameters, and the two passes that a layer of your own has to define.

    >>> class Double(Layer):
    ...     kind = "double"
    ...
    ...     def forward(self, x):
    ...         return 2 * x, None
    ...
    ...     def backward(self, delta, tape):
    ...         return 2 * delta, {}
    >>> a, tape = Double().forward(np.array([[1.0, 2.0]]))
    >>> a, Double().backward(np.array([[1.0, 0.0]]), tape)
    (array([[2., 4.]]), (array([[2., 0.]]), {}))
    """

    kind = "layer"
    """First half of the layer's name in a network: the second Dense is "dense2"."""

    params: Grads
    """The layer's parameters by name; an optimiser writes into these arrays."""

    def __init__(self) -> None:
        self.params = {}

    @abstractmethod
    def forward(self, x: Array) -> tuple[Array, Tape]:
        """Activations, and the tape for `backward`.

        Args:
            x: (M, ...), the activations of the layer before.

        Returns:
            a (M, ...) and the tape.

        Raises:
            ShapeError: x is not what the layer takes.
            DTypeError: x is not of the parameters' dtype.
        """

    def train_forward(self, x: Array, rng: np.random.Generator) -> tuple[Array, Tape]:  # noqa: ARG002 - see Dropout
        """`forward` in training; it differs for layers that draw random numbers.

        Args:
            rng: where the random numbers come from.

        The other arguments are those of `forward`.

        Returns:
            a (M, ...) and the tape.

        Raises:
            ShapeError: x is not what the layer takes.
            DTypeError: x is not of the parameters' dtype.
        """
        return self.forward(x)

    @abstractmethod
    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """Gradients of the loss C, given its gradient with respect to this layer's activations.

        Args:
            delta: ∂C/∂a, like the result of `forward`.
            tape: from that call of `forward`.

        Returns:
            ∂C/∂x like its x, and ∂C/∂θ for each parameter, summed over the batch.

        Raises:
            ShapeError: delta does not belong to the tape.
            DTypeError: delta is not of the parameters' dtype.

        Source: notes, section 4, "back propagation".
        """

    def parameter_gradients(self, delta: Array, tape: Tape) -> Grads:
        """The parameters' half of `backward`: a network's first layer passes ∂C/∂x on to no other layer.

        The arguments are those of `backward`.

        Returns:
            ∂C/∂θ for each parameter.

        Raises:
            ShapeError: delta does not belong to the tape.
            DTypeError: delta is not of the parameters' dtype.
        """
        return self.backward(delta, tape)[1]

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def he_normal(rng: np.random.Generator, shape: tuple[int, ...], dtype: DTypeLike = np.float32) -> Array:
    """Weights that keep the size of activations from layer to layer through ReLU: normal, variance 2 / inputs.

    Args:
        rng: where the random numbers come from.
        shape: (D, N) or (R, S, C, K); all axes but the last are inputs of one unit.
        dtype: float32 or float64; the same rng gives the same weights in both, up to rounding.

    Returns:
        An array of that shape and dtype.

    Raises:
        ParameterError: a size below 1.
        DTypeError: another dtype.

    Source: He, Zhang, Ren & Sun (2015), Delving deep into rectifiers, equation 10.

    >>> W = he_normal(np.random.default_rng(0), (200, 100))
    >>> W.dtype, bool(abs(W.std() - 0.1) < 0.002)
    (dtype('float32'), True)
    """
    if np.dtype(dtype) not in (np.float32, np.float64):
        raise DTypeError(
            explain("no layer works in this dtype", got=np.dtype(dtype), expected="float32 or float64", fix="pick one")
        )
    if min(shape) < 1:
        raise ParameterError(
            explain("a layer has no weights", got=shape, expected="sizes of at least 1", fix="pass sizes >= 1")
        )
    inputs = int(np.prod(shape[:-1]))
    return np.asarray(rng.standard_normal(shape) * np.sqrt(2 / inputs), dtype)
