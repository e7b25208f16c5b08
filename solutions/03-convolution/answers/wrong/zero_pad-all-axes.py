"""Batch and channels grow as well.

Diagnosis: shape
"""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, ((pad_h, pad_h), (pad_h, pad_h), (pad_w, pad_w), (pad_w, pad_w)))
