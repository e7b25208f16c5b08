"""Stored as integers.

Diagnosis: integer-buffer
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height, width, P, Q), dtype=int)
    for p in range(P):
        for q in range(Q):
            W[p : p + R, q : q + S, p, q] = omega
    return W.reshape(height * width, P * Q)
