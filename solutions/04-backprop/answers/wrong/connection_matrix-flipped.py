"""The filter is turned round.

Diagnosis: filter-flipped
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height * width, P * Q))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    W[(p + r) * width + q + s, p * Q + q] = omega[R - 1 - r, S - 1 - s]
    return W
