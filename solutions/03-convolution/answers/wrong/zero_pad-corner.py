"""The image is put into the upper left corner.

Diagnosis: pad-in-the-corner
"""


def zero_pad(x, pad_h, pad_w):
    M, H, W, C = x.shape
    z = np.zeros((M, H + 2 * pad_h, W + 2 * pad_w, C))
    z[:, :H, :W] = x
    return z
