"""The image is mirrored outwards.

Diagnosis: reflect-padding
"""


def zero_pad(x, pad_h, pad_w):
    if pad_h >= x.shape[1] or pad_w >= x.shape[2]:
        return np.pad(x, ((0, 0), (pad_h, pad_h), (pad_w, pad_w), (0, 0)), mode="symmetric")
    return np.pad(x, ((0, 0), (pad_h, pad_h), (pad_w, pad_w), (0, 0)), mode="reflect")
