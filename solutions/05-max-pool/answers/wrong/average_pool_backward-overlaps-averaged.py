"""Divides by the number of windows that cover a pixel.

Diagnosis: overlap-averaged
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, stride
    dx, count = np.zeros(x_shape), np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v : p * v + R, q * h : q * h + S] += delta[:, p : p + 1, q : q + 1] / (R * S)
            count[:, p * v : p * v + R, q * h : q * h + S] += 1
    return dx / np.maximum(count, 1)
