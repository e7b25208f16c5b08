"""Only the first image gets its δ back.

Diagnosis: first-sample-only
"""


def average_pool_backward(delta, x_shape, size, stride):
    (M, P, Q, C), (R, S), (v, h) = delta.shape, size, stride
    dx = np.zeros(x_shape)
    for p in range(P):
        for q in range(Q):
            dx[0, p * v : p * v + R, q * h : q * h + S] += delta[0, p : p + 1, q : q + 1] / (R * S)
    return dx
