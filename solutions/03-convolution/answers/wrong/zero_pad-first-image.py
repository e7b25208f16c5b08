"""Only the first image is copied.

Diagnosis: first-sample-only
"""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.zeros((M, H + 2 * pad_h, W + 2 * pad_w, C))
    z[0, pad_h : pad_h + H, pad_w : pad_w + W] = x[0]
    return z
