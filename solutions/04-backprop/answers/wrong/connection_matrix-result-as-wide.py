"""A row of the result is taken to be as wide as the image.

Diagnosis: shape
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    P, Q = height - R + 1, width - S + 1
    W = np.zeros((height * width, P * width))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    W[(p + r) * width + q + s, p * width + q] = omega[r, s]
    return W
