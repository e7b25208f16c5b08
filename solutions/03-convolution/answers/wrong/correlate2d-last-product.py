"""= where += is meant.

Diagnosis: last-tap-only
"""


def correlate2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for r in range(R):
        for s in range(S):
            z = image[r : r + P, s : s + Q] * kernel[r, s]
    return z
