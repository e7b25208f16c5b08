"""Windows that stick out are counted too.

Diagnosis: full-size
"""


def convolve2d(image, kernel):
    R, S = kernel.shape
    image = np.pad(image, ((R - 1, R - 1), (S - 1, S - 1)))
    kernel = kernel[::-1, ::-1]
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[p : p + R, q : q + S] * kernel)
    return z
