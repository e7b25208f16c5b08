"""The result is as large as the image.

Diagnosis: shape
"""


def connection_matrix(omega, height, width):
    R, S = omega.shape
    W = np.zeros((height * width, height * width))
    for p in range(height):
        for q in range(width):
            for r in range(R):
                for s in range(S):
                    if p + r < height and q + s < width:
                        W[(p + r) * width + q + s, p * width + q] = omega[r, s]
    return W
