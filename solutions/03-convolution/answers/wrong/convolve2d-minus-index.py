"""image[p - r, q - s] as in the formula: negative indices wrap around.

Diagnosis: wrapped-around
"""


def convolve2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            for r in range(R):
                for s in range(S):
                    z[p, q] += image[p - r, q - s] * kernel[r, s]
    return z
