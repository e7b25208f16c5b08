"""The losses of the notes, each with its gradient.

Every loss is a mean over the batch, so its gradient carries 1/M. Those that end in a sigmoid or a softmax take the
logits z: from z the result is exact where the probability itself would round to 0 or 1.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule import ops
from chainrule.errors import DTypeError, ShapeError, explain

__all__ = ["Array", "sigmoid", "sigmoid_cross_entropy", "softmax", "softmax_cross_entropy", "squared_error"]

Array = NDArray[np.floating[Any]]


def sigmoid(z: Array) -> Array:
    """σ(z) = 1 / (1 + exp(−z)), without overflow for any z.

    Args:
        z: any shape, float32 or float64.

    Returns:
        Same shape and dtype, each entry in [0, 1]; its derivative is a (1 − a).

    Raises:
        DTypeError: z does not hold floats.

    Source: notes, section 1, "logistic regression".

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    _floating(z=z)
    # exp of a negative number cannot overflow, and σ(−z) = 1 − σ(z) brings the other half here.
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def squared_error(a: Array, y: Array) -> tuple[float, Array]:
    """Mean over the batch of ‖y − a‖².

    Args:
        a: (M,) or (M, K), the model's output; float32 or float64, M at least 1.
        y: same shape, the target.

    Returns:
        loss; da like a, = 2 (a − y) / M.

    Raises:
        ShapeError: the shapes differ, or the batch is empty.
        DTypeError: a or y does not hold floats.

    Source: notes, section 1, "logistic regression" (the non-probabilistic model).

    >>> squared_error(np.array([1.0, 0.0]), np.array([0.0, 0.0]))
    (0.5, array([1., 0.]))
    """
    _floating(a=a, y=y)
    M = _batch("a", a)
    _same_shape(y, a)
    gap = a - y
    return float(np.sum(gap * gap)) / M, 2 * gap / M


def sigmoid_cross_entropy(z: Array, y: Array) -> tuple[float, Array]:
    """Mean over the batch of −y ln σ(z) − (1 − y) ln(1 − σ(z)): logistic regression's loss.

    Args:
        z: (M,) logits, float32 or float64, M at least 1.
        y: (M,) of the same dtype: 0, 1 or a probability between them.

    Returns:
        loss; dz (M,) = (σ(z) − y) / M. Both are finite for every finite z.

    Raises:
        ShapeError: z is not (M,), the shapes differ, or the batch is empty.
        DTypeError: z or y does not hold floats.

    Source: notes, section 1, "perceptron" (the probabilistic model).

    >>> loss, dz = sigmoid_cross_entropy(np.array([0.0, 1000.0]), np.array([1.0, 0.0]))
    >>> round(loss, 4), dz
    (500.3466, array([-0.25,  0.5 ]))
    """
    _floating(z=z, y=y)
    if z.ndim != 1:
        raise ShapeError(
            explain("z has the wrong number of axes", got=z.shape, expected="(M,)", fix="one logit an example: z[:, 0]")
        )
    M = _batch("z", z)
    _same_shape(y, z)
    # ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|): the exponent is never positive.
    losses = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return float(np.sum(losses)) / M, (sigmoid(z) - y) / M


def softmax(z: Array) -> Array:
    """exp(z_k) / Σ_j exp(z_j) in each row, without overflow.

    Args:
        z: (M, K) logits, float32 or float64, K at least 1.

    Returns:
        (M, K), same dtype; rows are positive and add up to 1.

    Raises:
        ShapeError: z does not have two axes, or no column.
        DTypeError: z does not hold floats.

    Source: notes, section 1, "neural network with 1-hidden layer (multiple classification)".

    >>> softmax(np.array([[0.0, 0.0], [1000.0, 0.0]]))
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    _floating(z=z)
    if z.ndim != 2 or z.shape[1] == 0:
        raise ShapeError(
            explain("softmax needs a row of logits", got=z.shape, expected="(M, K) with K >= 1", fix="reshape z")
        )
    # Each row has its own level: one shift for all would let a low row underflow to 0 / 0.
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def softmax_cross_entropy(z: Array, y: ArrayLike) -> tuple[float, Array]:
    """Mean over the batch of −y · ln softmax(z).

    Args:
        z: (M, K) logits, float32 or float64, M and K at least 1.
        y: (M,) integer labels from 0 to K − 1, or (M, K) one-hot rows or probabilities of z's dtype.

    Returns:
        loss; dz (M, K) = (softmax(z) − y) / M.

    Raises:
        ShapeError: y does not fit z, a label has no column, or the batch is empty.
        DTypeError: z does not hold floats, or y neither integers nor floats like z.

    Source: notes, section 1, "neural network with 1-hidden layer (multiple classification)".

    >>> loss, dz = softmax_cross_entropy(np.zeros((1, 4)), np.array([2]))
    >>> round(loss, 4), dz
    (1.3863, array([[ 0.25,  0.25, -0.75,  0.25]]))
    """
    losses, dz = ops.softmax_cross_entropy(z, np.asarray(y))
    M = _batch("z", z)
    dz /= M
    return float(losses.mean()), dz


def _floating(**arrays: Any) -> None:
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.dtype not in (np.float32, np.float64):
            raise DTypeError(
                explain(
                    f"{name} cannot be used",
                    got=getattr(array, "dtype", type(array).__name__),
                    expected="a NumPy array of float32 or float64",
                    fix=f"np.asarray({name}, dtype=np.float64)",
                )
            )


def _batch(name: str, array: Array) -> int:
    M = array.shape[0] if array.ndim else 0
    if M == 0:
        raise ShapeError(
            explain(
                "an empty batch has no mean", got=array.shape, expected=f"{name} with M >= 1", fix="pass an example"
            )
        )
    return M


def _same_shape(y: Array, like: Array) -> None:
    # (M,) against (M, 1) would broadcast to (M, M) and still give a number.
    if y.shape != like.shape:
        raise ShapeError(explain("y does not fit", got=y.shape, expected=like.shape, fix="reshape y"))
