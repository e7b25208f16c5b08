"""The first pixel of the window gets all of δ.

Diagnosis: whole-to-first
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, stride
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v, q * h] += delta[:, p, q]
    return dx
