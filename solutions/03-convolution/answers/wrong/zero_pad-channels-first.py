"""The last two axes are taken for height and width.

Diagnosis: channels-first
"""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, ((0, 0), (0, 0), (pad_h, pad_h), (pad_w, pad_w)))
