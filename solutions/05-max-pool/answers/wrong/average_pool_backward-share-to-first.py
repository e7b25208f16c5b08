"""The share is right, but only one pixel gets it.

Diagnosis: share-not-spread
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, stride
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v, q * h] += delta[:, p, q] / (R * S)
    return dx
