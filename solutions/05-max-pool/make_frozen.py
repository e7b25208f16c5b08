"""Values that PyTorch computes for the hidden tests of this notebook; run it with torch 2.13.0 and paste what it prints.

The input is made of rounded sines of squares, which have many ties: who wins them is part of what is frozen. PyTorch counts a
winner in the image; here it is counted in its window.
"""

from textwrap import fill, indent

import numpy as np
import torch
from torch.nn.functional import max_pool2d

SIZE, STRIDE = (3, 2), (2, 1)


def show(name: str, values: np.ndarray, kind: str) -> None:
    lines = fill(" ".join(f"{value:.10g}" for value in values.ravel()), width=110)
    print(
        f'{name} = np.array(\n    """\n{indent(lines, "    ")}\n    """.split(),  # noqa: SIM905\n    {kind},\n).reshape{values.shape}\n'
    )


def nhwc(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().numpy().transpose(0, 2, 3, 1)


images = np.round(1.5 * np.sin(np.arange(80.0) ** 2) - 0.6).reshape(2, 5, 4, 2)
x = torch.from_numpy(images.transpose(0, 3, 1, 2).copy()).requires_grad_()
out, index = max_pool2d(x, SIZE, STRIDE, return_indices=True)
p, q = np.arange(out.shape[2])[:, None, None], np.arange(out.shape[3])[None, :, None]
row, column = np.divmod(nhwc(index), x.shape[3])
show("FROZEN_OUT", nhwc(out), "float")
show("FROZEN_WINNER", (row - p * STRIDE[0]) * SIZE[1] + column - q * STRIDE[1], "int")

delta = np.cos(np.arange(out.numel(), dtype=float)).reshape(nhwc(out).shape)
out.backward(torch.from_numpy(delta.transpose(0, 3, 1, 2).copy()))
show("FROZEN_DX", nhwc(x.grad), "float")
