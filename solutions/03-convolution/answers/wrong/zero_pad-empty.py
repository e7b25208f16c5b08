"""np.empty is not zero.

Diagnosis: "pad"
"""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.ones((M, H + 2 * pad_h, W + 2 * pad_w, C))
    z[:, pad_h : pad_h + H, pad_w : pad_w + W] = x
    return z
