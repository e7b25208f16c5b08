"""The image is turned round and the result stays turned round.

Diagnosis: flip
"""


def convolve2d(image, kernel):
    image = image[::-1, ::-1]
    (H, W), (R, S) = image.shape, kernel.shape
    P, Q = H - R + 1, W - S + 1
    z = np.zeros((P, Q))
    for p in range(P):
        for q in range(Q):
            z[p, q] = np.sum(image[p : p + R, q : q + S] * kernel)
    return z
