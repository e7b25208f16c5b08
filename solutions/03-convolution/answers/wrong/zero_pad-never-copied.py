"""The image is never copied.

Diagnosis: all-zero
"""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.zeros((M, H + 2 * pad_h, W + 2 * pad_w, C))
    z[:, pad_h : pad_h + H, pad_w : pad_w + W]
    return z
