"""Zeros around the image keep its size.

Diagnosis: zeros-around
"""


def convolve2d(image, kernel):
    R, S = kernel.shape
    image = np.pad(image, (((R - 1) // 2, R // 2), ((S - 1) // 2, S // 2)))
    kernel = kernel[::-1, ::-1]
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[p : p + R, q : q + S] * kernel)
    return z
