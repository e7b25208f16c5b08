"""Only the first window is filled in.

Diagnosis: first-window-only
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height * width, P * Q))
    for r in range(R):
        for s in range(S):
            W[r * width + s, 0] = omega[r, s]
    return W
