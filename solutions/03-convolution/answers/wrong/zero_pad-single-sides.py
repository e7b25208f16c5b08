"""The size grows by the padding once.

Diagnosis: pad-before-only
"""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.zeros((M, H + pad_h, W + pad_w, C))
    z[:, pad_h:, pad_w:] = x
    return z
