"""Pixel by pixel."""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.zeros((M, H + 2 * pad_h, W + 2 * pad_w, C))
    for m in range(M):
        for i in range(H):
            for j in range(W):
                z[m, i + pad_h, j + pad_w] = x[m, i, j]
    return z
