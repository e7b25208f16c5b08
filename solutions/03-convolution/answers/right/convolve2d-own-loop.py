"""Loops, the formula as it stands."""


def convolve2d(image, kernel):
    (H, W), (R, S) = image.shape, kernel.shape
    z = np.zeros((H - R + 1, W - S + 1))
    for p in range(R - 1, H):
        for q in range(S - 1, W):
            for r in range(R):
                for s in range(S):
                    z[p - R + 1, q - S + 1] += image[p - r, q - s] * kernel[r, s]
    return z
