"""P and Q are exchanged, and the result is turned on its side.

Diagnosis: transpose
"""


def correlate2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = W - S + 1, H - R + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[q : q + R, p : p + S] * kernel)
    return z
