"""Rows and columns of W are exchanged.

Diagnosis: matrix-transposed
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((P * Q, height * width))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    W[p * Q + q, (p + r) * width + q + s] = omega[r, s]
    return W
