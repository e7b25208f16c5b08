"""Dense layers, bias, ReLU and softmax cross entropy against PyTorch in float64, on as many random shapes."""

import numpy as np
import torch
from expectations import everywhere, with_bias
from geometries import THOROUGH, Geometry
from hypothesis import given
from hypothesis import strategies as st

SIZES = st.integers(1, 9) | st.sampled_from([15, 16, 17, 31, 33, 64, 65, 130])


def linear(x, w, delta):
    """z = x · w and its gradients."""
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, w)]
    z = leaves[0] @ leaves[1]
    z.backward(torch.tensor(delta))
    return z.detach().numpy(), *(a.grad.numpy() for a in leaves)


def activated(z, b, delta):
    """a = max(0, z + b) and its gradients; PyTorch's slope at 0 is 0 too."""
    leaves = [torch.tensor(a, requires_grad=True) for a in (z, b)]
    a = torch.relu(leaves[0] + leaves[1])
    a.backward(torch.tensor(delta))
    return a.detach().numpy(), *(leaf.grad.numpy() for leaf in leaves)


def cross_entropy(z, y):
    """Each row's loss, and its gradient by z."""
    leaf = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(leaf, torch.tensor(y), reduction="none")
    loss.sum().backward()
    return loss.detach().numpy(), leaf.grad.numpy()


@THOROUGH
@given(st.integers(0, 20), SIZES, SIZES, st.integers(0, 2**32 - 1))
def test_dense_operations(workers, M, D, K, seed):
    rng = np.random.default_rng(seed)
    # values that float32 holds exactly; z + b as well, so that both dtypes agree on which units are active
    x, w, delta = (rng.standard_normal(s).astype(np.float32).astype(float) for s in ((M, D), (D, K), (M, K)))
    z, b = rng.integers(-40, 41, (M, K)) / 8, rng.integers(-40, 41, K) / 8
    labels = rng.integers(0, K, M)
    xw, dx, dw = linear(x, w, delta)
    a, dz, db = activated(z, b, delta)
    geometry = Geometry(M=M, H=1, W=1, C=D, K=K, R=1, S=1)
    cases = [
        ("dense", (x, w), {}, xw),
        *with_bias(geometry, "dense", (x, w), {}, xw),
        ("dense_grad_input", (delta, w), {}, dx),
        ("dense_grad_weight", (x, delta), {}, dw),
        ("bias_relu_grad", (delta, a), {}, (dz, db)),
        ("bias_grad", (delta,), {}, delta.sum(axis=0)),
        ("softmax_cross_entropy", (z, labels), {}, cross_entropy(z, labels)),
    ]
    everywhere(workers, geometry, cases)
