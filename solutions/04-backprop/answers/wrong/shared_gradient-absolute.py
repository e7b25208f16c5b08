"""The signs are lost.

Diagnosis: connections-absolute
"""


def shared_gradient(dW, R, S, height, width):
    P, Q = height - R + 1, width - S + 1
    g = np.zeros((R, S))
    for p in range(P):
        for q in range(Q):
            g += np.abs(dW[:, p * Q + q].reshape(height, width)[p : p + R, q : q + S])
    return g
