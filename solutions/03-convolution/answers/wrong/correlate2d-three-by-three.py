"""A kernel of 3 × 3 is taken for granted.

Diagnosis: raises
"""


def correlate2d(image, kernel):
    H, W = image.shape
    z = np.zeros((H - 2, W - 2))
    for p in range(H - 2):
        for q in range(W - 2):
            z[p, q] = (image[p : p + 3, q : q + 3] * kernel).sum()
    return z
