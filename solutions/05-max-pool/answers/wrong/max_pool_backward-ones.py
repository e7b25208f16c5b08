"""Every winner gets 1.

Diagnosis: upstream-ignored
"""


def max_pool_backward(delta, winner, x_shape, size, stride):
    dx = np.zeros(x_shape)
    for m, p, q, c in np.ndindex(delta.shape):
        r, s = divmod(winner[m, p, q, c], size[1])
        dx[m, p * stride[0] + r, q * stride[1] + s, c] += 1.0
    return dx
