"""pad_h goes left and right.

Diagnosis: pads-swapped
"""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, ((0, 0), (pad_w, pad_w), (pad_h, pad_h), (0, 0)))
