"""Values that PyTorch computes for the hidden tests of this notebook; run it with torch 2.13.0 and paste what it prints.

Inputs are sines and cosines of whole numbers, so that the notebook can make them again without a file.
"""

from textwrap import fill, indent

import numpy as np
import torch
from torch.nn.functional import conv2d, conv_transpose2d


def nchw(images: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(images.transpose(0, 3, 1, 2).copy())


def show(name: str, result: torch.Tensor) -> None:
    values = result.numpy().transpose(0, 2, 3, 1)
    lines = fill(" ".join(f"{value:.10g}" for value in values.ravel()), width=110)
    print(
        f'{name} = np.array(\n    """\n{indent(lines, "    ")}\n    """.split(),  # noqa: SIM905\n    float,\n).reshape{values.shape}\n'
    )


x = nchw(np.sin(np.arange(72.0)).reshape(2, 6, 3, 2))
w = torch.from_numpy(np.cos(np.arange(24.0)).reshape(2, 2, 2, 3).transpose(3, 2, 0, 1).copy())
b = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)
show("FROZEN_CONV2D", conv2d(x, w, b, stride=(2, 1), padding=(1, 0)))
show("FROZEN_DILATED", conv2d(x, w, b, dilation=(4, 1)))

y = nchw(np.sin(np.arange(24.0)).reshape(2, 2, 2, 3))
w = torch.from_numpy(np.cos(np.arange(36.0)).reshape(3, 2, 2, 3).transpose(3, 2, 0, 1).copy())
show("FROZEN_TRANSPOSED", conv_transpose2d(y, w, stride=(2, 1)))
