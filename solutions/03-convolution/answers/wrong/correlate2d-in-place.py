"""The image is overwritten while it is still read.

Diagnosis: argument-changed
"""


def correlate2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            image[p, q] = np.sum(image[p : p + R, q : q + S] * kernel)
    return image[:P, :Q]
