"""Divides by R².

Diagnosis: divided-by-square
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, stride
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v : p * v + R, q * h : q * h + S] += delta[:, p : p + 1, q : q + 1] / R**2
    return dx
