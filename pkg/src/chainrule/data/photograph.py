"""A photograph to filter, shipped with the package (29 KB): Grace Hopper, who wrote the first compiler.

Official U.S. Navy photograph, in the public domain; see LICENCE-hopper.txt beside this file.
"""

from importlib import resources

import numpy as np
from numpy.typing import NDArray

__all__ = ["hopper"]


def hopper() -> NDArray[np.float64]:
    """A colour photograph of Grace Hopper.

    Returns:
        (120, 100, 3) float64, red, green and blue from 0 to 1.

    Source: U.S. Navy, NH 96919-KN, public domain.

    >>> hopper().shape
    (120, 100, 3)
    """
    with resources.files("chainrule.data").joinpath("hopper.npz").open("rb") as file, np.load(file) as arrays:
        return np.asarray(arrays["image"] / 255.0)
