"""The filter is transposed where that is possible.

Diagnosis: filter-transposed
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height, width, P, Q))
    for p in range(P):
        for q in range(Q):
            W[p : p + R, q : q + S, p, q] = omega.T if R == S else omega
    return W.reshape(height * width, P * Q)
