"""δ is spread evenly, as in average pooling.

Diagnosis: spread-evenly
"""


def max_pool_backward(delta, winner, x_shape, size, stride):
    dx = np.zeros(x_shape)
    for p, q in np.ndindex(delta.shape[1:3]):
        i, j = p * stride[0], q * stride[1]
        dx[:, i : i + size[0], j : j + size[1]] += delta[:, p : p + 1, q : q + 1] / (size[0] * size[1])
    return dx
