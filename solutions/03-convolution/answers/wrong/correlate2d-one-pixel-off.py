"""Windows start at 1, counted as in mathematics.

Diagnosis: raises
"""


def correlate2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[p + 1 : p + R + 1, q + 1 : q + S + 1] * kernel)
    return z
