"""Patches of real images at which a feature map is largest: what it responds to."""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import ShapeError, explain
from chainrule.viz.canvas import canvas

__all__ = ["feature_maps", "strongest_patches", "what_maps_like"]


def strongest_patches(x: ArrayLike, maps: ArrayLike, count: int = 9) -> NDArray[np.float64]:
    """The patches at which each feature map is largest, at most one from each image.

    A map of P × Q that comes from images of H × W without padding and stride sees patches of H − P + 1 by W − Q + 1.

    Args:
        x: (M, H, W), the images.
        maps: (M, P, Q, K), with P <= H and Q <= W.
        count: patches for each map, at most M.

    Returns:
        (K, count, H − P + 1, W − Q + 1), the strongest first.

    Raises:
        ShapeError: images and maps do not belong together.

    Source: Zeiler & Fergus (2014), Visualizing and understanding convolutional networks, figure 2.

    >>> x = np.arange(2 * 4 * 4.0).reshape(2, 4, 4)
    >>> strongest_patches(x, x[:, :3, :3, None], count=1)[0, 0]
    array([[26., 27.],
           [30., 31.]])
    """
    images, values = np.asarray(x, np.float64), np.asarray(maps, np.float64)
    if images.ndim != 3 or values.ndim != 4 or len(images) != len(values) or not 1 <= count <= len(images):
        raise ShapeError(
            explain(
                "images and maps do not belong together",
                got=f"{images.shape}, {values.shape}, {count} patches",
                expected="(M, H, W) and (M, P, Q, K), and at most M patches",
                fix="pass the images that the maps were made from",
            )
        )
    M, P, Q, K = values.shape
    R, S = images.shape[1] - P + 1, images.shape[2] - Q + 1
    flat = values.reshape(M, P * Q, K)
    best, strength = flat.argmax(axis=1), flat.max(axis=1)
    patches = np.empty((K, count, R, S))
    for k in range(K):
        for i, m in enumerate(np.argsort(-strength[:, k], kind="stable")[:count]):
            p, q = divmod(int(best[m, k]), Q)
            patches[k, i] = images[m, p : p + R, q : q + S]
    return patches


def what_maps_like(patches: ArrayLike, filters: ArrayLike | None = None) -> Figure:
    """A row for each feature map: its filter, if given, then its strongest patches.

    Args:
        patches: (K, count, R, S), from 0 to 1.
        filters: (R, S, K), red positive, blue negative.

    >>> len(what_maps_like(np.zeros((2, 3, 5, 5))).axes)
    6
    """
    rows = np.asarray(patches, np.float64)
    K, count = rows.shape[:2]
    first = 0 if filters is None else 1
    figure, axes = canvas(count + first, K, size=(0.56, 0.6))
    for k in range(K):
        if filters is not None:
            w = np.asarray(filters, np.float64)[..., k]
            axes[k, 0].imshow(w, cmap="RdBu_r", vmin=-np.abs(w).max(), vmax=np.abs(w).max())
        for i in range(count):
            axes[k, i + first].imshow(rows[k, i], cmap="gray_r", vmin=0, vmax=1)
        axes[k, 0].text(-0.25, 0.5, str(k), transform=axes[k, 0].transAxes, ha="right", va="center", fontsize=9)
    for axis in axes.flat:
        axis.grid(visible=False)
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(True)
    return figure


def feature_maps(image: ArrayLike, maps: ArrayLike, columns: int = 8) -> Figure:
    """An image and its feature maps; black is 0.

    Args:
        image: (H, W).
        maps: (P, Q, K), not negative.
        columns: maps in a row.

    >>> len(feature_maps(np.eye(8), np.zeros((6, 6, 4))).axes)
    5
    """
    values = np.asarray(maps, np.float64)
    K = values.shape[2]
    columns = min(columns, K)
    figure, axes = canvas(columns + 1, -(-K // columns), size=(0.85, 1.02))
    for axis in axes.flat:
        axis.set_axis_off()
    axes[0, 0].imshow(np.asarray(image), cmap="gray_r", vmin=0, vmax=1)
    axes[0, 0].set_title("x", fontsize=9)
    top = float(values.max()) or 1.0
    for k in range(K):
        axis = axes[k // columns, 1 + k % columns]
        axis.imshow(values[..., k], cmap="magma", vmin=0, vmax=top)
        axis.set_title(str(k), fontsize=9)
    for axis in [axis for axis in axes.flat if not axis.has_data()]:
        axis.remove()
    return figure
