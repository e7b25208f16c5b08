"""Reads the photograph of the notebook instead of its argument.

Diagnosis: unknown-name
"""


def correlate2d(image, kernel):
    (H, W), (R, S) = picture.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(picture[p : p + R, q : q + S] * kernel)
    return z
