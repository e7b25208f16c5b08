"""A pixel in several windows keeps the last δ only.

Diagnosis: pixel-overwritten
"""


def max_pool_backward(delta, winner, x_shape, size, stride):
    dx = np.zeros(x_shape)
    for m, p, q, c in np.ndindex(delta.shape):
        r, s = divmod(winner[m, p, q, c], size[1])
        dx[m, p * stride[0] + r, q * stride[1] + s, c] = delta[m, p, q, c]
    return dx
