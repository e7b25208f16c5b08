"""δ goes to the first pixel of each window.

Diagnosis: winner-ignored
"""


def max_pool_backward(delta, winner, x_shape, size, stride):
    dx = np.zeros(x_shape)
    for m, p, q, c in np.ndindex(delta.shape):
        dx[m, p * stride[0], q * stride[1], c] += delta[m, p, q, c]
    return dx
