"""Window i begins at pixel i, also at the end of a row.

Diagnosis: rows-run-on
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    n = (height - R + 1) * (width - S + 1)
    W = np.zeros((height * width, n))
    for i in range(n):
        for r in range(R):
            W[i + r * width : i + r * width + S, i] = omega[r]
    return W
