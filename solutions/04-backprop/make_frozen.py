"""Values that PyTorch computes for the hidden tests of this notebook; run it with torch 2.13.0 and paste what it prints.

Inputs are sines and cosines of whole numbers, so that the notebook can make them again without a file.
"""

from textwrap import fill, indent

import numpy as np
import torch
from torch.nn.functional import conv2d

x = torch.from_numpy(np.cos(np.arange(96.0)).reshape(2, 6, 4, 2)).requires_grad_()
w = torch.from_numpy(np.sin(np.arange(24.0) + 5).reshape(3, 2, 2, 2)).requires_grad_()
b = torch.zeros(2, dtype=torch.float64, requires_grad=True)
delta = torch.from_numpy(np.sin(np.arange(24.0)).reshape(2, 2, 3, 2))

z = conv2d(x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), b, stride=(2, 1)).permute(0, 2, 3, 1)
z.backward(delta)
for name, tensor in (("dx", x), ("dw", w), ("db", b)):
    assert tensor.grad is not None
    lines = fill(" ".join(f"{value:.10g}" for value in tensor.grad.numpy().ravel()), width=106)
    print(
        f'    "{name}": np.array(\n        """\n{indent(lines, "        ")}\n        """.split(),  # noqa: SIM905\n'
        f"        float,\n    ).reshape{tuple(tensor.shape)},"
    )
