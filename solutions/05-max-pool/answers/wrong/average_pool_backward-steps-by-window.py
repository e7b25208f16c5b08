"""The windows are taken to lie side by side.

Diagnosis: window-for-stride
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, size
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[:, p * v : p * v + R, q * h : q * h + S] += delta[:, p : p + 1, q : q + 1] / (R * S)
    return dx
