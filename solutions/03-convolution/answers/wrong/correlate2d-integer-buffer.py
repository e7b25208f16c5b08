"""The result is stored in an integer array.

Diagnosis: integer-buffer
"""


def correlate2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q), dtype=int)
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[p : p + R, q : q + S] * kernel)
    return z
