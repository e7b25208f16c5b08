"""Zeros above and left only.

Diagnosis: pad-before-only
"""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, ((0, 0), (pad_h, 0), (pad_w, 0), (0, 0)))
