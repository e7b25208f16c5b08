"""Ones around the image.

Diagnosis: border-of-ones
"""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.ones((M, H + 2 * pad_h, W + 2 * pad_w, C))
    z[:, pad_h : pad_h + H, pad_w : pad_w + W] = x
    return z
