"""Pixels are numbered down the columns.

Diagnosis: pixels-by-columns
"""


def shared_gradient(dW, R, S, height, width):
    P, Q = height - R + 1, width - S + 1
    g = np.zeros((R, S))
    for p in range(P):
        for q in range(Q):
            g += dW[:, p * Q + q].reshape(width, height).T[p : p + R, q : q + S]
    return g
