"""Dense layers with bias and ReLU, softmax cross entropy; each with its gradients."""

from typing import Any

import numpy as np
import numpy.typing as npt

from chainrule import kernels
from chainrule.errors import DTypeError, ShapeError, explain
from chainrule.ops._arrays import Array, Target, bias_of, flag, floats, match, same_dtype

__all__ = [
    "bias_grad",
    "bias_relu_grad",
    "dense",
    "dense_grad_input",
    "dense_grad_weight",
    "softmax_cross_entropy",
]


def dense(x: Array, w: Array, *, bias: Array | None = None, relu: bool = False, out: Array | None = None) -> Array:
    """Linear layer: z = x · w + b, and where `relu` a = max(0, z), both in the pass that computes the product.

    Args:
        x: (M, D), float32 or float64.
        w: (D, K), the same dtype.
        bias: b (K,), the same dtype; None for no bias.
        relu: whether to take max(0, ·) at the end. A NaN stays NaN; the slope at 0 is that of `bias_relu_grad`.
        out: an array (M, K) of that dtype to write to.

    Returns:
        (M, K).

    Raises:
        ShapeError: x and w do not agree on D, or w and bias on K.
        DTypeError: not arrays of float32 or of float64.
        ParameterError: relu is neither True nor False.

    Source: notes, section 4, "linear kernel layer".

    >>> import numpy as np
    >>> dense(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]))
    array([[11.]])
    >>> dense(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), bias=np.array([-12.0]), relu=True)
    array([[0.]])
    """
    x_, w_ = floats("x", x, "MD"), floats("w", w, "DK")
    same_dtype("x", x_, "w", w_)
    match("w", w_.shape[:1], x_.shape[1:], "w has a row for each column of x")
    b = bias_of(bias, w_)
    target = Target(out, (x_.shape[0], w_.shape[1]), x_, x_, w_, b)
    kernels.active().dense(x_, w_, b, flag("relu", relu), target.array)
    return target.finish()


def dense_grad_input(delta: Array, w: Array, *, out: Array | None = None) -> Array:
    """Gradient of a loss with respect to the input of `dense`: delta · wᵀ.

    Args:
        delta: (M, K), gradient with respect to the result.
        w: (D, K), the same dtype.
        out: an array (M, D) of that dtype to write to.

    Returns:
        (M, D).

    Raises:
        ShapeError: delta and w do not agree on K.
        DTypeError: not arrays of float32 or of float64.

    >>> import numpy as np
    >>> dense_grad_input(np.array([[2.0]]), np.array([[3.0], [4.0]]))
    array([[6., 8.]])
    """
    delta_, w_ = floats("delta", delta, "MK"), floats("w", w, "DK")
    same_dtype("delta", delta_, "w", w_)
    match("delta", delta_.shape[1:], w_.shape[1:], "delta has a column for each column of w")
    target = Target(out, (delta_.shape[0], w_.shape[0]), delta_, delta_, w_)
    kernels.active().dense_grad_input(delta_, w_, target.array)
    return target.finish()


def dense_grad_weight(x: Array, delta: Array, *, out: Array | None = None) -> Array:
    """Gradient of a loss with respect to the weights of `dense`: xᵀ · delta.

    Args:
        x: (M, D), the input of `dense`.
        delta: (M, K), gradient with respect to its result, the same dtype.
        out: an array (D, K) of that dtype to write to.

    Returns:
        (D, K).

    Raises:
        ShapeError: x and delta do not agree on M.
        DTypeError: not arrays of float32 or of float64.

    >>> import numpy as np
    >>> dense_grad_weight(np.array([[1.0, 2.0]]), np.array([[3.0]]))
    array([[3.],
           [6.]])
    """
    x_, delta_ = floats("x", x, "MD"), floats("delta", delta, "MK")
    same_dtype("x", x_, "delta", delta_)
    match("delta", delta_.shape[:1], x_.shape[:1], "delta has a row for each row of x")
    target = Target(out, (x_.shape[1], delta_.shape[1]), x_, x_, delta_)
    kernels.active().dense_grad_weight(x_, delta_, target.array)
    return target.finish()


def bias_relu_grad(delta: Array, a: Array, *, out: Array | None = None) -> tuple[Array, Array]:
    """Gradients of a loss with respect to z and to the bias b, where a = max(0, z) and b was added to make z.

    The slope at 0 is 0, as in TensorFlow and PyTorch (the notes take 1); where a is NaN it is 0 too, as in TensorFlow.

    Args:
        delta: (..., K), gradient with respect to a.
        a: (..., K), what `dense` or `conv2d` returned with a bias and relu=True.
        out: an array like delta for the first result; it may be delta itself.

    Returns:
        dz (..., K): delta where a > 0, else 0. db (K,): its sum over all other axes, in a fixed order.

    Raises:
        ShapeError: delta and a have different shapes, or no axis.
        DTypeError: not arrays of float32 or of float64.

    >>> import numpy as np
    >>> dz, db = bias_relu_grad(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 1.0]]))
    >>> db
    array([3., 6.])
    """
    delta_, a_ = floats("delta", delta, "...K"), floats("a", a, "...K")
    same_dtype("delta", delta_, "a", a_)
    match("delta", delta_.shape, a_.shape, "pass the gradient with respect to a")
    target = Target(out, a_.shape, a_, *(() if out is delta else (delta_,)), a_)
    db = np.empty(a_.shape[-1:], a_.dtype)
    kernels.active().bias_relu_grad(delta_, a_, True, target.array, db)
    return target.finish(), db


def bias_grad(delta: Array) -> Array:
    """Gradient with respect to a bias b: the sum of delta over all axes but the last, in a fixed order.

    Args:
        delta: (..., K), float32 or float64.

    Returns:
        (K,).

    Raises:
        ShapeError: delta has no axis.
        DTypeError: delta is no array of float32 or float64.

    >>> import numpy as np
    >>> bias_grad(np.ones((3, 2)))
    array([3., 3.])
    """
    delta_ = floats("delta", delta, "...K")
    match("delta", delta_.shape, delta_.shape, "pass an array with at least one axis")
    db = np.empty(delta_.shape[-1:], delta_.dtype)
    kernels.active().bias_relu_grad(delta_, delta_, False, delta_, db)
    return db


def _kind(y: object) -> str:
    return y.dtype.kind if isinstance(y, np.ndarray) else "no array"


def _one_hot(y: npt.NDArray[np.integer[Any]], like: Array) -> Array:
    M, K = like.shape
    match("y", y.shape, (M,), "pass one label for each row of z, or probabilities like z")
    if y.size and not 0 <= int(y.min()) <= int(y.max()) < K:
        raise ShapeError(
            explain(
                "y holds labels without a column in z",
                got=f"labels from {y.min()} to {y.max()}",
                expected=f"0 to {K - 1}",
                fix="number the classes from 0, and give z a column for each",
            )
        )
    rows = np.zeros_like(like)
    rows[np.arange(M), y] = 1
    return rows


def softmax_cross_entropy(z: Array, y: npt.NDArray[Any], *, out: Array | None = None) -> tuple[Array, Array]:
    """Loss of each row, −Σ_k y_k · log softmax(z)_k, and its gradient with respect to z, without overflow.

    What `tf.nn.softmax_cross_entropy_with_logits` computes. Divide both by M for the mean over the batch.

    Args:
        z: (M, K) logits, K at least 1; float32 or float64.
        y: (M,) integer labels from 0 to K − 1, or (M, K) probabilities of z's dtype.
        out: an array (M, K) for the gradient; it may be z itself.

    Returns:
        losses (M,), and the gradient (M, K), whose row m is d losses[m] / dz[m] = softmax(z) · Σy − y. A row with a NaN
        or +inf gives NaN; a probability of 0 adds 0 to the loss, also where z is −inf.

    Raises:
        ShapeError: y does not fit z, or a label has no column.
        DTypeError: z is no array of float32 or float64, or y of neither integers nor z's dtype.

    Source: notes, section 1, "neural network with 1-hidden layer (multiple classification)".

    >>> import numpy as np
    >>> losses, dz = softmax_cross_entropy(np.array([[1000.0, 1000.0]]), np.array([0]))
    >>> losses.round(4), dz
    (array([0.6931]), array([[-0.5,  0.5]]))
    """
    z_ = floats("z", z, "MK")
    match("z", z_.shape, (z_.shape[0], max(z_.shape[1], 1)), "give z at least one column")
    if _kind(y) in ("i", "u"):
        y_ = _one_hot(y, z_)
    elif _kind(y) == "f":
        y_ = floats("y", y, "MK")
        same_dtype("z", z_, "y", y_)
        match("y", y_.shape, z_.shape, "pass a probability for each entry of z, or integer labels")
    else:
        raise DTypeError(
            explain(
                "y cannot be used",
                got=getattr(y, "dtype", type(y).__name__),
                expected="a NumPy array of integer labels or of probabilities",
                fix="np.asarray(y)",
            )
        )
    target = Target(out, z_.shape, z_, *(() if out is z else (z_,)), y_)
    losses = np.empty(z_.shape[0], z_.dtype)
    kernels.active().softmax_cross_entropy(z_, y_, losses, target.array)
    return losses, target.finish()
