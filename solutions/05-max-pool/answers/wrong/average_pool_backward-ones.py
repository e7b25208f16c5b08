"""The derivative of the mean alone, without δ.

Diagnosis: upstream-ignored
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, stride
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v : p * v + R, q * h : q * h + S] += 1 / (R * S)
    return dx
