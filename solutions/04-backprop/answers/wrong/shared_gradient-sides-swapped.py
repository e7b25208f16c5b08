"""(S, R) for (R, S).

Diagnosis: shape
"""


def shared_gradient(dW, R, S, height, width):
    P, Q = height - R + 1, width - S + 1
    g = np.zeros((S, R))
    for p in range(P):
        for q in range(Q):
            g += dW[:, p * Q + q].reshape(height, width)[p : p + R, q : q + S].T
    return g
