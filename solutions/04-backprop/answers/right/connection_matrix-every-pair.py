"""Looks at every pair of pixels."""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    Q = width - S + 1
    W = np.zeros((height * width, (height - R + 1) * Q))
    for j in range(W.shape[0]):
        for i in range(W.shape[1]):
            r, s = j // width - i // Q, j % width - i % Q
            if 0 <= r < R and 0 <= s < S:
                W[j, i] = omega[r, s]
    return W
