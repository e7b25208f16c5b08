"""1,797 handwritten digits of 8 x 8 pixels, shipped with the package (46 KB).

UCI "Optical Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak, 1998, https://doi.org/10.24432/C50P49,
licence CC BY 4.0; see LICENCE-digits.txt beside this file.
"""

from importlib import resources
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import DataError, explain

__all__ = ["digits", "one_hot"]

# The file was shuffled once when it was made, so consecutive slices are a fair and lasting split.
_SPLITS = {"train": slice(0, 1197), "validation": slice(1197, 1497), "test": slice(1497, 1797), "all": slice(0, 1797)}


def digits(
    split: Literal["train", "validation", "test", "all"] = "train",
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Images and labels of one part of the digits; the parts never change and share no image.

    Args:
        split: "train" (M = 1197), "validation" (300), "test" (300) or "all" (1797).

    Returns:
        x (M, 8, 8) float64, 0 is paper and 1 is ink; y (M,) int64, the digit.

    Raises:
        DataError: there is no such part.

    Source: UCI Optical Recognition of Handwritten Digits, CC BY 4.0.

    >>> x, y = digits("test")
    >>> x.shape, y.shape, float(x.max())
    ((300, 8, 8), (300,), 1.0)
    """
    if split not in _SPLITS:
        raise DataError(
            explain("no such part of the digits", got=split, expected=sorted(_SPLITS), fix="use one of them")
        )
    with resources.files("chainrule.data").joinpath("digits.npz").open("rb") as file, np.load(file) as arrays:
        images, labels = arrays["images"][_SPLITS[split]], arrays["labels"][_SPLITS[split]]
    return images / 16.0, labels.astype(np.int64)


def one_hot(labels: ArrayLike, K: int) -> NDArray[np.float64]:
    """Rows of zeros with a single 1 at the label.

    Args:
        labels: (M,) integers in [0, K).
        K: number of classes.

    Returns:
        (M, K) float64.

    Raises:
        DataError: a label is not an integer in [0, K).

    >>> one_hot([2, 0], K=3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    index = np.asarray(labels)
    if index.ndim != 1 or index.dtype.kind not in "iu" or (index.size and not 0 <= index.min() <= index.max() < K):
        raise DataError(
            explain(
                "labels cannot be one-hot",
                got=f"shape {index.shape} of {index.dtype}",
                expected=f"(M,) integers from 0 to {K - 1}",
                fix="pass the class numbers themselves",
            )
        )
    rows = np.zeros((index.size, K))
    rows[np.arange(index.size), index] = 1.0
    return rows
