"""A small LeNet in NumPy whose parts can be exchanged: right as it stands, and any mistake with one part wrong.

Two convolutions with "SAME" zeros, ReLU and pools of 2 × 2, then two dense layers (notes, all sections). It works on
windows and whole arrays, unlike the layers of the notebooks; a test holds it against the compiled kernels.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "backward",
    "cross_entropy",
    "flattened",
    "forward",
    "half",
    "loss_and_gradients",
    "one_hot",
    "relu",
    "relu_prime",
    "softmax",
]

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Params = Mapping[str, Array]
Values = dict[str, Any]


def relu(z: Array) -> Array:
    """F of the notes."""
    return np.maximum(z, 0)


def relu_prime(z: Array) -> Array:
    """F′ with the notes' 1 at z = 0."""
    return (z >= 0).astype(np.float64)


def half(w: Array) -> tuple[int, int]:
    """Zeros around an image that keep its size, for a filter of odd sides."""
    return w.shape[0] // 2, w.shape[1] // 2


def _padded(x: Array, pad: tuple[int, int]) -> Array:
    return np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1]), (0, 0)))


def _windows(a: Array) -> Array:
    """Pools of 2 × 2 that fit: (M, P, Q, 4, K)."""
    M, P, Q, K = len(a), a.shape[1] // 2, a.shape[2] // 2, a.shape[3]
    cut = a[:, : 2 * P, : 2 * Q].reshape(M, P, 2, Q, 2, K)
    return cut.transpose(0, 1, 3, 2, 4, 5).reshape(M, P, Q, 4, K)


def _convolved(x: Array, w: Array, b: Array, pad: tuple[int, int]) -> Array:
    patches = np.lib.stride_tricks.sliding_window_view(_padded(x, pad), w.shape[:2], axis=(1, 2))
    return np.asarray(np.einsum("mpqcrs,rsck->mpqk", patches, w, optimize=True) + b)


def flattened(p: Array) -> Array:
    """Maps (M, P, Q, K) as rows (M, P·Q·K)."""
    return p.reshape(len(p), -1)


def forward(
    params: Params,
    x: Array,
    *,
    F: Callable[[Array], Array] = relu,
    hidden: Callable[[Array], Array] = relu,
    last: Callable[[Array], Array] = np.asarray,
    pad: Callable[[Array], tuple[int, int]] = half,
    bias: float = 1.0,
    pool: Any = np.max,
    filters: Callable[[Array], Array] = np.asarray,
    flat: Callable[[Array], Array] = flattened,
) -> Values:
    """Every intermediate result of the network by name, with any of its parts exchanged.

    >>> rng = np.random.default_rng(0)
    >>> shapes = {"W1": (3, 3, 1, 2), "W2": (3, 3, 2, 2), "W3": (2, 3), "W4": (3, 4)}
    >>> params = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    >>> params |= {f"b{name[1]}": np.zeros(shape[-1]) for name, shape in shapes.items()}
    >>> forward(params, np.ones((5, 4, 4, 1)))["z"].shape
    (5, 4)
    """
    states: Values = {}
    p = x
    for layer in "12":
        w = filters(params["W" + layer])
        z = _convolved(p, w, bias * params["b" + layer], pad(w))
        a = F(z)
        p = pool(_windows(a), axis=3)
        states |= {"z" + layer: z, "a" + layer: a, "p" + layer: p, "winner" + layer: _windows(a).argmax(axis=3)}
    states["z3"] = flat(p) @ params["W3"] + bias * params["b3"]
    states["a3"] = hidden(states["z3"])
    return states | {"z": last(states["a3"] @ params["W4"] + bias * params["b4"])}


def _unpooled(delta: Array, winner: Array, shape: tuple[int, ...], share: Callable[[Array], Any]) -> Array:
    P, Q = delta.shape[1:3]
    four = delta[:, :, :, None] * share(winner)
    da = np.zeros(shape)
    for i in range(4):
        da[:, i // 2 : 2 * P : 2, i % 2 : 2 * Q : 2] = four[:, :, :, i]
    return da


def _won(winner: Array) -> Array:
    return np.asarray(winner[:, :, :, None] == np.arange(4)[:, None], np.float64)


def _deconvolved(
    dz: Array, x: Array, w: Array, back: Callable[[Array], Array], cut: Callable[[Array, Array, Array], Array]
) -> tuple[Array, Array]:
    padded = _padded(x, half(w))
    dx, dw = np.zeros_like(padded), np.zeros_like(w)
    P, Q = dz.shape[1:3]
    for r in range(w.shape[0]):
        for s in range(w.shape[1]):
            dx[:, r : r + P, s : s + Q] += dz @ back(w)[r, s].T
            dw[r, s] = np.tensordot(padded[:, r : r + P, s : s + Q], dz, axes=([0, 1, 2], [0, 1, 2]))
    return cut(dx, x, w), dw


def _cropped(dx: Array, x: Array, w: Array) -> Array:
    top, left = half(w)
    return np.asarray(dx[:, top : top + x.shape[1], left : left + x.shape[2]])


def backward(
    params: Params,
    x: Array,
    states: Values,
    delta: Array,
    *,
    slope: Callable[[Array, Array], Any] = lambda z, delta: relu_prime(z),
    hidden: Callable[[Array, Array], Any] = lambda z, delta: relu_prime(z),
    last: Callable[[Array], Array] = np.asarray,
    share: Callable[[Array], Any] = _won,
    back: Callable[[Array], Array] = np.asarray,
    cut: Callable[[Array, Array, Array], Array] = _cropped,
    bias: Callable[[Array], Array] = lambda dz: dz.reshape(-1, dz.shape[-1]).sum(axis=0),
) -> Values:
    """Gradients by the parameters' names, and dx, with any part of the way back exchanged.

    Args:
        params: as in `forward`.
        x: the images.
        states: what `forward` returned for them.
        delta: gradient of the scores (M, K).
        slope: F′ of a convolution from its z and the gradient of its a.
        hidden: F′ of the hidden layer, likewise.
        last: gradient of the scores to that of the last layer's z.
        share: winners to the share of a pool's gradient that each of its four entries gets.
        back: the filter that spreads a gradient over the image.
        cut: takes the gradient of the zeros around the image off again.
        bias: gradient of z to that of b.

    >>> shapes = [(1, 1, 1, 1), (1, 1, 1, 1), (1, 1), (1, 1)]
    >>> params = {f"W{i}": np.ones(shape) for i, shape in enumerate(shapes, start=1)}
    >>> params |= {f"b{i}": np.zeros(1) for i in (1, 2, 3, 4)}
    >>> x = np.arange(16.0).reshape(1, 4, 4, 1)  # the largest pixel gets all of it
    >>> backward(params, x, forward(params, x), np.ones((1, 1)))["dx"].ravel().nonzero()
    (array([15]),)
    """
    dz = last(delta)
    grads: Values = {"W4": states["a3"].T @ dz, "b4": bias(dz)}
    delta = dz @ params["W4"].T
    dz = delta * hidden(states["z3"], delta)
    grads |= {"W3": flattened(states["p2"]).T @ dz, "b3": bias(dz)}
    delta = (dz @ params["W3"].T).reshape(states["p2"].shape)
    for layer, before in (("2", states["p1"]), ("1", x)):
        delta = _unpooled(delta, states["winner" + layer], states["z" + layer].shape, share)
        dz = delta * slope(states["z" + layer], delta)
        delta, dw = _deconvolved(dz, before, params["W" + layer], back, cut if layer == "1" else _cropped)
        grads |= {"W" + layer: dw, "b" + layer: bias(dz)}
    return grads | {"dx": delta}


def softmax(z: Array, axis: int = 1) -> Array:
    """Probabilities along an axis."""
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.asarray(e / e.sum(axis=axis, keepdims=True))


def cross_entropy(z: Array, y: Labels) -> float:
    """Mean of -ln softmax(z)[m, y[m]]."""
    top = z.max(axis=1)
    return float(np.mean(top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - z[np.arange(len(y)), y]))


def one_hot(z: Array, y: Labels) -> Array:
    """Rows like z, with a 1 at each label."""
    return np.eye(z.shape[1])[y]


def loss_and_gradients(
    params: Params,
    x: Array,
    y: Labels,
    *,
    squash: Callable[[Array], Array] = np.asarray,
    delta: Callable[[Array, Array], Array] = lambda z, hot: (softmax(z) - hot) / len(z),
    **others: Any,
) -> Values:
    """Loss and gradients by name, with another delta or other parts on the way back.

    >>> shapes = [(1, 1, 1, 1), (1, 1, 1, 1), (1, 1), (1, 2)]
    >>> params = {f"W{i}": np.ones(shape) for i, shape in enumerate(shapes, start=1)}
    >>> params |= {f"b{i}": np.zeros(1) for i in (1, 2, 3)} | {"b4": np.zeros(2)}
    >>> loss_and_gradients(params, np.ones((1, 4, 4, 1)), np.array([1]))["b4"]
    array([ 0.5, -0.5])
    """
    states = forward(params, x)
    z = squash(states["z"])
    grads = backward(params, x, states, delta(z, one_hot(z, y)), **others)
    return {"loss": cross_entropy(z, y)} | {name: grads[name] for name in params}
