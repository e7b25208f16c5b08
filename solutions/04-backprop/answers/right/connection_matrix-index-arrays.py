"""Index arrays."""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    p, q, r, s = np.ix_(range(P), range(Q), range(R), range(S))
    W = np.zeros((height * width, P * Q))
    W[(p + r) * width + q + s, p * Q + q + 0 * r + 0 * s] = omega
    return W
