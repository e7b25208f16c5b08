"""R is used for both sides of the kernel.

Diagnosis: raises
"""


def correlate2d(image, kernel):
    H, W = image.shape
    R = S = len(kernel)
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[p : p + R, q : q + S] * kernel)
    return z
