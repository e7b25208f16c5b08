"""A network of layers in a row: forward through them, backward through them in the opposite order."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ChainruleError, ParameterError, ShapeError, explain
from chainrule.layers.layer import Array, Grads, Layer, Tape
from chainrule.losses import softmax_cross_entropy

__all__ = ["Loss", "Sequential"]

Loss: TypeAlias = Callable[[Array, Any], tuple[float, Array]]
"""A loss of `chainrule.losses`: (network's output, targets) to (mean loss, gradient with respect to the output)."""


class Sequential:
    """Layers one after the other, each named after its kind and place: "conv1", "pool1", "dense1", "dense2".

    Args:
        layers: in the order that data passes them; each object once.

    Raises:
        ParameterError: no layer, or one object twice (its gradients would be counted once only).

    Source: notes, section 4, "back propagation": a^(l) = f^(l)(a^(l−1)).

    >>> from chainrule.layers import Dense
    >>> rng = np.random.default_rng(0)
    >>> net = Sequential([Dense(4, 8, activation="relu", rng=rng), Dense(8, 3, rng=rng)])
    >>> net
    Sequential(
      dense1: Dense(4 to 8, relu)
      dense2: Dense(8 to 3, None)
    )  67 parameters
    >>> sorted(net.params)
    ['dense1.W', 'dense1.b', 'dense2.W', 'dense2.b']
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        if not layers or len({id(layer) for layer in layers}) < len(layers):
            raise ParameterError(
                explain(
                    "these layers make no network",
                    got=f"{len(layers)} layers, {len({id(layer) for layer in layers})} of them different",
                    expected="one or more, each object once",
                    fix="make a new layer for each place",
                )
            )
        counts: Counter[str] = Counter()
        self.layers: dict[str, Layer] = {}
        for layer in layers:
            counts[layer.kind] += 1
            self.layers[f"{layer.kind}{counts[layer.kind]}"] = layer

    @property
    def params(self) -> dict[str, Array]:
        """Every parameter as "layer.name": the arrays themselves, for an optimiser to write into."""
        return {f"{name}.{key}": value for name, layer in self.layers.items() for key, value in layer.params.items()}

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of the parameters, and of what `forward` takes; float64 where there are none."""
        return next((array.dtype for array in self.params.values()), np.dtype(np.float64))

    def forward(self, x: Array, rng: np.random.Generator | None = None) -> tuple[Array, Tape]:
        """The last layer's activations, and the tape for `backward`.

        Args:
            x: (M, ...), of `dtype`.
            rng: given in training only, for the layers that draw random numbers.

        Returns:
            a^(L), for a classifier the logits (M, K), and the tape.

        Raises:
            ShapeError: a layer cannot take what the one before gives; a note names the layer.
            DTypeError: x is not of the network's dtype.

        Source: notes, section 4.

        >>> from chainrule.layers import Dense
        >>> net = Sequential([Dense(4, 3, rng=np.random.default_rng(0))])
        >>> net.forward(np.zeros((2, 4), np.float32))[0].shape
        (2, 3)
        """
        tapes = []
        for name, layer in self.layers.items():
            try:
                x, tape = layer.forward(x) if rng is None else layer.train_forward(x, rng)
            except ChainruleError as error:
                error.add_note(f"in layer {name}, {layer!r}, for an input of shape {x.shape}")
                raise
            tapes.append(tape)
        return x, tapes

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """Gradients of a loss C with respect to the input and to every parameter.

        Args:
            delta: ∂C/∂a^(L), like the result of `forward`.
            tape: from that call of `forward`.

        Returns:
            ∂C/∂x, and ∂C/∂θ under the names of `params`.

        Raises:
            ShapeError: delta does not belong to the tape.
            DTypeError: delta is not of the network's dtype.

        Source: notes, section 4, the recursion of δ^(l−1).

        >>> from chainrule.layers import Dense
        >>> net = Sequential([Dense(4, 3, rng=np.random.default_rng(0))])
        >>> a, tape = net.forward(np.ones((2, 4), np.float32))
        >>> dx, grads = net.backward(np.ones_like(a), tape)
        >>> dx.shape, grads["dense1.b"]
        ((2, 4), array([2., 2., 2.], dtype=float32))
        """
        delta, grads = self._back_to_second(delta, tape)
        first, layer = next(iter(self.layers.items()))
        delta, layer_grads = layer.backward(delta, tape[0])
        return delta, grads | _named(first, layer_grads)

    def loss(
        self, x: Array, y: ArrayLike, loss: Loss = softmax_cross_entropy, rng: np.random.Generator | None = None
    ) -> tuple[float, Grads]:
        """Mean loss of a batch, and its gradient with respect to every parameter.

        Args:
            x: (M, ...), of `dtype`.
            y: what `loss` takes, e.g. (M,) integer labels.
            loss: from `chainrule.losses`.
            rng: given in training only.

        Returns:
            loss; gradients under the names of `params`.

        Raises:
            ShapeError: x or y does not fit.
            DTypeError: x or y of another dtype.

        Source: notes, sections 1 and 4.

        >>> from chainrule.layers import Dense
        >>> net = Sequential([Dense(4, 3, rng=np.random.default_rng(0))])
        >>> value, grads = net.loss(np.zeros((2, 4), np.float32), [0, 2])
        >>> round(value, 4), grads["dense1.b"].round(4)
        (1.0986, array([-0.1667,  0.3333, -0.1667], dtype=float32))
        """
        a, tape = self.forward(x, rng)
        value, delta = loss(a, y)
        return value, self.parameter_gradients(delta, tape)

    def parameter_gradients(self, delta: Array, tape: Tape) -> Grads:
        """`backward` without ∂C/∂x, which training does not need.

        The arguments are those of `backward`.

        Returns:
            ∂C/∂θ under the names of `params`.

        Raises:
            ShapeError: delta does not belong to the tape.
            DTypeError: delta is not of the network's dtype.

        >>> from chainrule.layers import Dense
        >>> net = Sequential([Dense(4, 3, rng=np.random.default_rng(0))])
        >>> a, tape = net.forward(np.ones((2, 4), np.float32))
        >>> sorted(net.parameter_gradients(np.ones_like(a), tape))
        ['dense1.W', 'dense1.b']
        """
        delta, grads = self._back_to_second(delta, tape)
        first, layer = next(iter(self.layers.items()))
        return grads | _named(first, layer.parameter_gradients(delta, tape[0]))

    def _back_to_second(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        grads: Grads = {}
        for (name, layer), layer_tape in reversed(list(zip(self.layers.items(), tape, strict=True))[1:]):
            try:
                delta, layer_grads = layer.backward(delta, layer_tape)
            except ChainruleError as error:
                error.add_note(f"on the way back, in layer {name}, {layer!r}")
                raise
            grads |= _named(name, layer_grads)
        return delta, grads

    def logits(self, x: ArrayLike, batch_size: int = 256) -> Array:
        """The last layer's activations for any number of examples, a batch at a time.

        Args:
            x: (M, ...), any real dtype; converted to `dtype`.
            batch_size: examples that are in memory together.

        Returns:
            (M, K).

        Raises:
            ShapeError: x is empty, or does not fit the first layer.

        >>> from chainrule.layers import Dense
        >>> Sequential([Dense(2, 3, rng=np.random.default_rng(0))]).logits([[0, 0]])
        array([[0., 0., 0.]], dtype=float32)
        """
        x = np.asarray(x, dtype=self.dtype)
        if x.ndim == 0 or len(x) == 0:
            raise ShapeError(explain("nothing to look at", got=x.shape, expected="(M, ...)", fix="pass M >= 1"))
        return np.concatenate([self.forward(x[i : i + batch_size])[0] for i in range(0, len(x), batch_size)])

    def predict(self, x: ArrayLike) -> NDArray[np.intp]:
        """The most likely class of each example.

        The arguments are those of `logits`.

        Returns:
            (M,) integers; the first of equals.

        Raises:
            ShapeError: x is empty, or does not fit the first layer.

        >>> from chainrule.layers import Dense
        >>> Sequential([Dense(2, 3, rng=np.random.default_rng(0))]).predict([[0, 0]])
        array([0])
        """
        return np.asarray(self.logits(x).argmax(axis=1))

    def __repr__(self) -> str:
        lines = "".join(f"  {name}: {layer!r}\n" for name, layer in self.layers.items())
        return f"Sequential(\n{lines})  {sum(array.size for array in self.params.values()):,} parameters"


def _named(layer: str, grads: Grads) -> Grads:
    return {f"{layer}.{key}": value for key, value in grads.items()}
