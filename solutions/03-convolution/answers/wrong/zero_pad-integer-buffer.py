"""The result is an integer array.

Diagnosis: integer-buffer
"""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.zeros((M, H + 2 * pad_h, W + 2 * pad_w, C), dtype=int)
    z[:, pad_h : pad_h + H, pad_w : pad_w + W] = x
    return z
