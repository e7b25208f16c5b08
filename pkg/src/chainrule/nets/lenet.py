"""LeNet-5 for images of 28 × 28, and its little sister for the shipped digits of 8 × 8."""

import numpy as np
from numpy.typing import DTypeLike

from chainrule.layers import Conv2D, Dense, Flatten, MaxPool2D
from chainrule.nets.sequential import Sequential

__all__ = ["lenet5", "lenet_digits"]


def lenet5(rng: np.random.Generator, *, classes: int = 10, dtype: DTypeLike = np.float32) -> Sequential:
    """LeNet-5 with today's ReLU and max pooling: x (M, 28, 28, 1) to logits (M, classes).

    28×28 → conv 5×5 SAME, 6 maps → pool → 14×14 → conv 5×5, 16 maps → 10×10 → pool → 5×5 → 120 → 84 → classes.
    SAME stands for the paper's frame of 32 × 32 around the image. The paper has tanh, a trained sub-sampling,
    a partly connected second convolution and radial basis functions at the end.

    Args:
        rng: draws the weights.
        classes: K.
        dtype: float32 or float64.

    Returns:
        A network of 61,706 parameters for 10 classes.

    Raises:
        ParameterError: classes below 1.
        DTypeError: another dtype.

    Source: LeCun, Bottou, Bengio & Haffner (1998), Gradient-based learning applied to document recognition,
    section II.B.

    >>> net = lenet5(np.random.default_rng(0))
    >>> sum(value.size for value in net.params.values())
    61706
    >>> net.logits(np.zeros((2, 28, 28, 1))).shape
    (2, 10)
    """
    return Sequential(
        [
            Conv2D(1, 6, 5, padding="SAME", activation="relu", rng=rng, dtype=dtype),
            MaxPool2D(2),
            Conv2D(6, 16, 5, activation="relu", rng=rng, dtype=dtype),
            MaxPool2D(2),
            Flatten(),
            Dense(400, 120, activation="relu", rng=rng, dtype=dtype),
            Dense(120, 84, activation="relu", rng=rng, dtype=dtype),
            Dense(84, classes, rng=rng, dtype=dtype),
        ]
    )


def lenet_digits(rng: np.random.Generator, *, classes: int = 10, dtype: DTypeLike = np.float32) -> Sequential:
    """The same idea for `chainrule.data.digits`: x (M, 8, 8, 1) to logits (M, classes).

    8×8 → conv 3×3 SAME, 8 maps → pool → 4×4 → conv 3×3 SAME, 16 maps → pool → 2×2 → 32 → classes. The arguments are
    those of `lenet5`.

    Returns:
        A network of 3,658 parameters for 10 classes.

    Raises:
        ParameterError: classes below 1.
        DTypeError: another dtype.

    Source: as `lenet5`, with fewer and smaller maps.

    >>> net = lenet_digits(np.random.default_rng(0))
    >>> sum(value.size for value in net.params.values())
    3658
    >>> net.predict(np.zeros((3, 8, 8, 1))).shape
    (3,)
    """
    return Sequential(
        [
            Conv2D(1, 8, 3, padding="SAME", activation="relu", rng=rng, dtype=dtype),
            MaxPool2D(2),
            Conv2D(8, 16, 3, padding="SAME", activation="relu", rng=rng, dtype=dtype),
            MaxPool2D(2),
            Flatten(),
            Dense(64, 32, activation="relu", rng=rng, dtype=dtype),
            Dense(32, classes, rng=rng, dtype=dtype),
        ]
    )
