"""pad_h is used for both axes.

Diagnosis: shape
"""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, ((0, 0), (pad_h, pad_h), (pad_h, pad_h), (0, 0)))
