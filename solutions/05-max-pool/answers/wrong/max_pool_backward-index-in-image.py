"""The winner is used as an index in the image.

Diagnosis: winner-taken-for-image
"""


def max_pool_backward(delta, winner, x_shape, size, stride):
    dx = np.zeros(x_shape)
    for m, p, q, c in np.ndindex(delta.shape):
        r, s = divmod(winner[m, p, q, c], x_shape[2])
        dx[m, r, s, c] += delta[m, p, q, c]
    return dx
