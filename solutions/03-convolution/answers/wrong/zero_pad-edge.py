"""The edge is copied outwards.

Diagnosis: edge-padding
"""


def zero_pad(x, pad_h, pad_w):
    return np.pad(x, ((0, 0), (pad_h, pad_h), (pad_w, pad_w), (0, 0)), mode="edge")
