"""row · height + column.

Diagnosis: "connection_matrix"
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height * width, P * Q))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    W[(p + r) * height + q + s, p * Q + q] = omega[r, s]
    return W
