"""Negative values are cut off, as if it were a picture.

Diagnosis: clipped-at-0
"""


def correlate2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[p : p + R, q : q + S] * kernel)
    return np.maximum(z, 0)
