"""The result is only as large as the windows reach.

Diagnosis: shape
"""


def max_pool_backward(delta, winner, x_shape, size, stride):
    M, P, Q, C = delta.shape
    dx = np.zeros((M, (P - 1) * stride[0] + size[0], (Q - 1) * stride[1] + size[1], C))
    for m, p, q, c in np.ndindex(delta.shape):
        r, s = divmod(winner[m, p, q, c], size[1])
        dx[m, p * stride[0] + r, q * stride[1] + s, c] += delta[m, p, q, c]
    return dx
