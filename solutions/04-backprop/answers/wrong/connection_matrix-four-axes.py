"""An array with four axes.

Diagnosis: shape
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height, width, P, Q))
    for p in range(P):
        for q in range(Q):
            W[p : p + R, q : q + S, p, q] = omega
    return W
