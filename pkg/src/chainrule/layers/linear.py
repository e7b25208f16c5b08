"""Layers with parameters: dense and convolution, each with its bias and, if wanted, ReLU in the same pass."""

from typing import Literal

import numpy as np
from numpy.typing import DTypeLike

from chainrule import ops
from chainrule.errors import ParameterError, explain
from chainrule.layers.layer import Array, Grads, Layer, Tape, he_normal
from chainrule.shapes import Padding, Pair, spatial_pair

__all__ = ["Activation", "Conv2D", "Dense"]

Activation = Literal["relu"] | None
"""F of the notes: ReLU, or None for the identity."""


class _Linear(Layer):
    """z = x ∘ W + b, a = F(z): what dense and convolution share is everything but the ∘."""

    def __init__(
        self, shape: tuple[int, ...], activation: Activation, rng: np.random.Generator, dtype: DTypeLike
    ) -> None:
        super().__init__()
        if activation not in ("relu", None):
            raise ParameterError(
                explain("no such activation", got=activation, expected="'relu' or None", fix="use a layer of its own")
            )
        self.activation = activation
        self.params = {"W": he_normal(rng, shape, dtype), "b": np.zeros(shape[-1], dtype)}

    def _before_activation(self, delta: Array, a: Array) -> tuple[Array, Array]:
        """∂C/∂z and ∂C/∂b."""
        if self.activation is None:
            return delta, ops.bias_grad(delta)
        return ops.bias_relu_grad(delta, a)


class Dense(_Linear):
    """The notes' linear kernel layer: every unit sees every input, a = F(x W + b).

    Args:
        inputs: D, numbers that come in for each example.
        units: N, numbers that go out.
        activation: "relu" or None. ReLU's slope at 0 is 0 here; `ReLU(at_zero=1)` has the notes' 1.
        rng: draws W by `he_normal`; b starts at zero.
        dtype: float32 or float64, of the parameters and of what the layer takes.

    Raises:
        ParameterError: a size below 1 or an unknown activation.
        DTypeError: another dtype.

    Source: notes, section 4, "linear kernel layer".

    >>> layer = Dense(3, 2, activation="relu", rng=np.random.default_rng(0))
    >>> {name: value.shape for name, value in layer.params.items()}
    {'W': (3, 2), 'b': (2,)}
    """

    kind = "dense"

    def __init__(
        self,
        inputs: int,
        units: int,
        *,
        activation: Activation = None,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__((inputs, units), activation, rng, dtype)

    def forward(self, x: Array) -> tuple[Array, Tape]:
        """x (M, D) to a (M, N)."""
        a = ops.dense(x, self.params["W"], bias=self.params["b"], relu=self.activation == "relu")
        return a, (x, a)

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """∂C/∂a (M, N) to ∂C/∂x (M, D), ∂C/∂W (D, N) and ∂C/∂b (N,)."""
        x, a = tape
        dz, db = self._before_activation(delta, a)
        return ops.dense_grad_input(dz, self.params["W"]), {"W": ops.dense_grad_weight(x, dz), "b": db}

    def parameter_gradients(self, delta: Array, tape: Tape) -> Grads:
        """∂C/∂a (M, N) to ∂C/∂W (D, N) and ∂C/∂b (N,)."""
        x, a = tape
        dz, db = self._before_activation(delta, a)
        return {"W": ops.dense_grad_weight(x, dz), "b": db}

    def __repr__(self) -> str:
        return f"Dense({self.params['W'].shape[0]} to {self.params['W'].shape[1]}, {self.activation})"


class Conv2D(_Linear):
    """A linear layer whose units share their weights over the image: a = F(x ⋆ W + b), nothing flipped.

    Args:
        channels: C, of the images that come in.
        maps: K, feature maps that go out.
        ksize: (R, S) of the filter, or one number for both.
        strides: (vertical, horizontal), or one number for both.
        padding: "VALID", "SAME" or ((top, bottom), (left, right)).
        dilations: like strides.

    The other arguments are those of `Dense`.

    Raises:
        ParameterError: a number of channels or maps below 1, or an unknown activation.
        ShapeError: ksize that is no pair of sizes.
        DTypeError: another dtype.

    Source: notes, section 4, case two (shared weights); LeCun, Bottou, Bengio & Haffner (1998), section II.A.

    >>> layer = Conv2D(1, 10, 5, rng=np.random.default_rng(0))
    >>> sum(value.size for value in layer.params.values())
    260
    >>> layer.forward(np.zeros((2, 28, 20, 1), np.float32))[0].shape
    (2, 24, 16, 10)
    """

    kind = "conv"

    def __init__(
        self,
        channels: int,
        maps: int,
        ksize: Pair,
        *,
        strides: Pair = 1,
        padding: Padding = "VALID",
        dilations: Pair = 1,
        activation: Activation = None,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float32,
    ) -> None:
        R, S = spatial_pair("ksize", ksize, "NHWC")
        super().__init__((R, S, channels, maps), activation, rng, dtype)
        self.strides, self.padding, self.dilations = strides, padding, dilations

    def forward(self, x: Array) -> tuple[Array, Tape]:
        """x (M, H, W, C) to a (M, P, Q, K); P and Q as in `chainrule.ops.conv2d`."""
        a = ops.conv2d(
            x, self.params["W"], strides=self.strides, padding=self.padding, dilations=self.dilations,
            bias=self.params["b"], relu=self.activation == "relu",
        )  # fmt: skip
        return a, (x, a)

    def backward(self, delta: Array, tape: Tape) -> tuple[Array, Grads]:
        """∂C/∂a (M, P, Q, K) to ∂C/∂x (M, H, W, C), ∂C/∂W (R, S, C, K) and ∂C/∂b (K,)."""
        x, a = tape
        dz, db = self._before_activation(delta, a)
        dx = ops.conv2d_grad_input(
            dz, self.params["W"], x.shape, strides=self.strides, padding=self.padding, dilations=self.dilations
        )
        return dx, {"W": self._filter_gradient(x, dz), "b": db}

    def parameter_gradients(self, delta: Array, tape: Tape) -> Grads:
        """∂C/∂a (M, P, Q, K) to ∂C/∂W (R, S, C, K) and ∂C/∂b (K,)."""
        x, a = tape
        dz, db = self._before_activation(delta, a)
        return {"W": self._filter_gradient(x, dz), "b": db}

    def _filter_gradient(self, x: Array, dz: Array) -> Array:
        R, S, C, K = self.params["W"].shape
        return ops.conv2d_grad_filter(
            x, dz, (R, S, C, K), strides=self.strides, padding=self.padding, dilations=self.dilations
        )

    def __repr__(self) -> str:
        R, S, C, K = self.params["W"].shape
        return f"Conv2D({C} to {K}, {R}x{S}, strides {self.strides}, {self.padding}, {self.activation})"
