"""pad_h is taken as the total of both sides.

Diagnosis: pad-halved
"""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, ((0, 0), (pad_h // 2, pad_h - pad_h // 2), (pad_w // 2, pad_w - pad_w // 2), (0, 0)))
