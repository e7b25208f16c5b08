"""Height and width of the window are exchanged.

Diagnosis: sizes-swapped
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (S, R), (v, h) = delta.shape, size, stride
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v : p * v + R, q * h : q * h + S] += delta[:, p : p + 1, q : q + 1] / (R * S)
    return dx
